package io.bugreport.collector.helm;

import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.DocumentWriter;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Decodes one revision of a Helm release: base64 of base64 of gzip of JSON. Kept are what it is,
/// its state, the chart's name and versions, and the values that the user gave; not the manifest,
/// in which Secrets are plain text, nor templates, notes and hooks.
final class HelmRelease {
  private static final int LARGEST = 32 << 20;
  private static final List<String> PLAIN = List.of("name", "namespace", "version", "apply_method");
  private static final List<String> INFO =
      List.of(
          "status",
          "first_deployed",
          "last_deployed",
          "deleted",
          "description",
          "rollback_revision");

  private HelmRelease() {}

  /// @param data `data.release` of the Secret
  /// @throws IOException when it is no release
  static byte[] decode(String data) throws IOException {
    try {
      var inner = Base64.getDecoder().decode(data);
      var packed = Base64.getMimeDecoder().decode(inner);
      var zipped = packed.length > 2 && packed[0] == 0x1f && packed[1] == (byte) 0x8b;
      InputStream in = new ByteArrayInputStream(packed);
      try (var json = zipped ? new GZIPInputStream(in) : in) {
        var bytes = json.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
          throw new IOException("it is larger than " + LARGEST + " bytes");
        }
        return kept(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no base64", e);
    }
  }

  private static byte[] kept(byte[] json) throws IOException {
    try (var parser = DocumentReader.json(new ByteArrayInputStream(json))) {
      if (parser.nextToken() == null) {
        throw new IOException("it is empty");
      }
      var release = new Field("", "", DocumentReader.read(parser));
      var out = new ByteArrayOutputStream();
      try (var to = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
        to.writeStartObject();
        copy(release, PLAIN, to);
        to.writeName("info");
        to.writeStartObject();
        release.field("info").ifPresent(info -> copy(info, INFO, to));
        to.writeEndObject();
        to.writeName("chart");
        to.writeStartObject();
        release.field("chart").ifPresent(chart -> copy(chart, List.of("metadata"), to));
        to.writeEndObject();
        copy(release, List.of("config"), to);
        to.writeEndObject();
      }
      return out.toByteArray();
    } catch (JacksonException e) {
      throw Failures.parsing(e);
    }
  }

  private static void copy(Field from, List<String> names, JsonGenerator to) {
    for (var name : names) {
      from.named(name)
          .ifPresent(
              value -> {
                to.writeName(name);
                DocumentWriter.write(value.node(), to);
              });
    }
  }
}
