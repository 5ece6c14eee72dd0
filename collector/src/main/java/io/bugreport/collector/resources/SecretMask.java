package io.bugreport.collector.resources;

import io.bugreport.model.resource.Node;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes the values out of a Secret before anything else sees it. The redaction of the write path
/// does so too; here it does not depend on how the object is written.
final class SecretMask {
  private static final Pattern MARKER = Pattern.compile("\\[redacted: \\d+ bytes]");
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private SecretMask() {}

  /// The Secret with each value of `data` and `stringData` replaced by the base64 of `[redacted: N
  /// bytes]`. A value that is such a marker stays as it is.
  static Node.Mapping masked(Node.Mapping secret) {
    var fields = new LinkedHashMap<>(secret.fields());
    fields.computeIfPresent("data", (_, data) -> values(data));
    fields.computeIfPresent("stringData", (_, data) -> values(data));
    fields.computeIfPresent("metadata", (_, metadata) -> metadata(metadata));
    return new Node.Mapping(fields, secret.line(), secret.column());
  }

  private static Node values(Node data) {
    if (data instanceof Node.Mapping mapping) {
      var masked = new LinkedHashMap<String, Node>();
      mapping.fields().forEach((name, value) -> masked.put(name, marker(value)));
      return new Node.Mapping(masked, data.line(), data.column());
    }
    return data instanceof Node.Scalar(_, var type, _, _) && type == Node.Scalar.Type.NULL
        ? data
        : marker(data);
  }

  private static Node marker(Node value) {
    var text = value instanceof Node.Scalar scalar ? scalar.text() : "";
    var decoded = decoded(text);
    if (decoded != null && MARKER.matcher(new String(decoded, StandardCharsets.UTF_8)).matches()) {
      return value;
    }
    var length = decoded == null ? text.getBytes(StandardCharsets.UTF_8).length : decoded.length;
    var marker = "[redacted: " + length + " bytes]";
    return string(
        Base64.getEncoder().encodeToString(marker.getBytes(StandardCharsets.UTF_8)), value);
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static Node metadata(Node metadata) {
    if (metadata instanceof Node.Mapping mapping
        && mapping.get("annotations") instanceof Node.Mapping annotations
        && annotations.get(LAST_APPLIED) != null) {
      var masked = new LinkedHashMap<>(annotations.fields());
      masked.computeIfPresent(LAST_APPLIED, (_, value) -> string("[redacted]", value));
      var fields = new LinkedHashMap<>(mapping.fields());
      fields.put("annotations", new Node.Mapping(masked, annotations.line(), annotations.column()));
      return new Node.Mapping(fields, metadata.line(), metadata.column());
    }
    return metadata;
  }

  private static Node string(String text, Node at) {
    return new Node.Scalar(text, Node.Scalar.Type.STRING, at.line(), at.column());
  }
}
