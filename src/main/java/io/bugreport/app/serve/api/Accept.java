package io.bugreport.app.serve.api;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What a client wants to have, from its `Accept` header: the first form in it that is spoken here.
///
/// @param form the form of the answer
/// @param version the version of that form's own group, such as `v1` of `meta.k8s.io`
record Accept(Form form, String version) {
  /// Forms of an answer.
  enum Form {
    PLAIN,
    TABLE,
    PARTIAL_OBJECT,
    AGGREGATED_DISCOVERY
  }

  private static final Accept PLAIN = new Accept(Form.PLAIN, "");

  /// @throws ApiError 406 where only forms are wanted that are not spoken here, such as protobuf
  static Accept parse(String header) throws ApiError {
    if (header.isBlank()) {
      return PLAIN;
    }
    for (var part : header.split(",", -1)) {
      var words = part.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
      if (!(words[0].equals("application/json")
          || words[0].equals("application/*")
          || words[0].equals("*/*"))) {
        continue;
      }
      Map<String, String> parameters = new HashMap<>();
      for (var i = 1; i < words.length; i++) {
        var equals = words[i].indexOf('=');
        if (equals > 0) {
          parameters.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
      }
      var version = parameters.getOrDefault("v", "v1");
      switch (parameters.getOrDefault("as", "")) {
        case "" -> {
          return PLAIN;
        }
        case "table" -> {
          if (version.equals("v1") || version.equals("v1beta1")) {
            return new Accept(Form.TABLE, version);
          }
        }
        case "partialobjectmetadata", "partialobjectmetadatalist" -> {
          if (version.equals("v1") || version.equals("v1beta1")) {
            return new Accept(Form.PARTIAL_OBJECT, version);
          }
        }
        case "apigroupdiscoverylist" -> {
          if (version.equals("v2") || version.equals("v2beta1")) {
            return new Accept(Form.AGGREGATED_DISCOVERY, version);
          }
        }
        default -> {
          // a form of another version of Kubernetes: the next part may be one of ours
        }
      }
    }
    if (header.contains("text/") || header.contains("yaml") || header.contains("octet-stream")) {
      return PLAIN;
    }
    throw new ApiError(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json; asked for: " + header);
  }
}
