package io.bugreport.collector.api;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// What the body of an error says: a Kubernetes `Status`, or any text.
///
/// @param message the message, on one line
/// @param continueToken `metadata.continue` of a `Status`, or empty
public record ErrorBody(String message, String continueToken) {
  private static final int READ = 8 << 10;

  /// Reads the beginning of a body. A body that cannot be read says nothing.
  public static ErrorBody read(InputStream in) {
    byte[] bytes;
    try {
      bytes = in.readNBytes(READ);
    } catch (IOException e) {
      return new ErrorBody("the error's text could not be read: " + e.getMessage(), "");
    }
    try (var parser = DocumentReader.json(new ByteArrayInputStream(bytes))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        var status = new Field("", "", DocumentReader.read(parser));
        if (!status.text("message").isEmpty()) {
          return new ErrorBody(status.text("message"), status.text("metadata.continue"));
        }
      }
    } catch (JacksonException _) {
      // Not JSON: then its first line says what it is.
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    return new ErrorBody(
        text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("no message"),
        "");
  }
}
