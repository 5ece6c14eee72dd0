package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;

/// What a rule sees of a stream: the bytes around a trigger, a fixed distance to either side. A
/// rule cannot look further, so what it finds does not depend on how the stream was cut into
/// writes.
final class Window {
  /// How far a rule sees before the end of its trigger.
  static final int BEHIND = 4096;

  /// How far a rule sees after the end of its trigger.
  static final int AHEAD = 16 * 1024;

  /// What [#at(int)] gives outside of the window.
  static final int NONE = -1;

  private final boolean document;
  private byte[] bytes = new byte[0];
  private int low;
  private int high;
  private boolean atEnd;

  Window(boolean document) {
    this.document = document;
  }

  void set(byte[] newBytes, int newLow, int newHigh, boolean newAtEnd) {
    bytes = newBytes;
    low = newLow;
    high = newHigh;
    atEnd = newAtEnd;
  }

  /// Whether the file is YAML or JSON by its name, rather than a log.
  boolean document() {
    return document;
  }

  int low() {
    return low;
  }

  int high() {
    return high;
  }

  /// Whether the stream ends where the window does.
  boolean atEnd() {
    return atEnd;
  }

  byte[] bytes() {
    return bytes;
  }

  /// The byte at a position, 0 to 255, or [#NONE].
  int at(int position) {
    return position >= low && position < high ? bytes[position] & 0xff : NONE;
  }

  boolean startsWith(int position, String ascii) {
    if (position < low || position + ascii.length() > high) {
      return false;
    }
    for (var i = 0; i < ascii.length(); i++) {
      if (bytes[position + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The first position at or after `from` whose byte is not in the set.
  int skip(int from, Bytes set) {
    var i = from;
    while (i < high && i >= low && set.has(bytes[i])) {
      i++;
    }
    return i;
  }

  /// As [#skip(int, Bytes)], for at most so many bytes.
  int skip(int from, Bytes set, int most) {
    var i = from;
    while (i < high && i >= low && i - from < most && set.has(bytes[i])) {
      i++;
    }
    return i;
  }

  /// The start of the run of bytes in the set that ends before `to`.
  int skipBack(int to, Bytes set, int most) {
    var i = to;
    while (i > low && to - i < most && set.has(bytes[i - 1])) {
      i--;
    }
    return i;
  }

  /// The text between two positions, a character for each byte.
  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
