package io.bugreport.collector.redaction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Runs texts through a redactor.
final class Redacted {
  static final String LOG = "clusters/c/namespaces/n/pods/p/app/app/logs/current.log";
  static final String OBJECTS = "clusters/c/namespaces/n/core/configmaps.yaml";
  static final String SECRETS = "clusters/c/namespaces/n/core/secrets.yaml";

  private static final Redactor REDACTOR = new Redactor();

  private Redacted() {}

  static String text(String path, String text) {
    return new String(
        bytes(REDACTOR, path, text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE),
        StandardCharsets.UTF_8);
  }

  static byte[] bytes(Redactor redactor, String path, byte[] content, int chunk) {
    var out = new ByteArrayOutputStream();
    try (var stream = redactor.redact(path, out)) {
      for (var at = 0; at < content.length; at += chunk) {
        stream.write(content, at, Math.min(chunk, content.length - at));
        if (chunk == Integer.MAX_VALUE) {
          break;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
