package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;

/// A value being left out: how much of it there was, and its beginning, to know a marker by.
final class SecretValue {
  private static final int LONGEST_MARKER = 96;

  private final boolean base64;
  private final StringBuilder start = new StringBuilder();
  private long characters;
  private boolean foreign;

  /// @param base64 whether sizes are those of what it decodes to
  SecretValue(boolean base64) {
    this.base64 = base64;
  }

  /// One character of the value, its escapes taken back where they could be.
  void add(byte b) {
    if (start.length() < LONGEST_MARKER) {
      start.append((char) (b & 0xff));
    }
    if (base64 && (b == '=' || b == '"' || b == '\'')) {
      return; // padding, and the closing quote of a long line
    }
    if (b == '\n' || b == '\r' || b == ' ') {
      if (base64) {
        return; // base64 may be folded
      }
    } else if (!Bytes.BASE64.has(b)) {
      foreign = true;
    }
    characters++;
  }

  boolean isEmpty() {
    return characters == 0;
  }

  boolean isNull() {
    return characters == 4 && start.toString().equals("null");
  }

  boolean isMarker() {
    return start.length() < LONGEST_MARKER && Marker.is(start.toString());
  }

  /// What stands for it.
  String marker() {
    var bytes = base64 && !foreign ? characters * 3 / 4 : characters;
    var marker = Marker.bytes(bytes);
    return base64 ? Marker.base64(marker) : marker;
  }

  /// Its beginning, all of it where it is a marker.
  byte[] text() {
    return start.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
