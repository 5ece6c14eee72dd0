package io.bugreport.app.serve.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// One HTTP answer to replay.
///
/// @param status the HTTP status
/// @param contentType its media type
/// @param size its length in bytes
/// @param body opens its bytes
record RecordedAnswer(int status, String contentType, long size, Body body) {

  /// Opens the bytes of an answer, as often as it is asked for.
  @FunctionalInterface
  interface Body {
    InputStream open() throws IOException;
  }

  /// A short text of our own.
  static RecordedAnswer text(int status, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new RecordedAnswer(
        status, "text/plain; charset=UTF-8", bytes.length, () -> new ByteArrayInputStream(bytes));
  }
}
