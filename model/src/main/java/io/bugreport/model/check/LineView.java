package io.bugreport.model.check;

import java.io.BufferedReader;
import java.io.IOException;

/// The part of a line around a column. Some answers are a single line of megabytes, so no more than
/// the part is ever held.
final class LineView {
  private static final int WIDTH = 240;
  private static final int BEFORE = 40;

  private final int start;
  private final StringBuilder part = new StringBuilder();
  private long length;

  /// @param column the one that is meant, from 1
  LineView(int column) {
    this.start = Math.max(0, column - 1 - BEFORE);
  }

  /// Reads to the end of the line.
  ///
  /// @return whether there was one
  boolean read(BufferedReader reader) throws IOException {
    var sign = reader.read();
    if (sign < 0) {
      return false;
    }
    for (; sign >= 0 && sign != '\n' && sign != '\r'; sign = reader.read()) {
      see((char) sign);
    }
    if (sign == '\r') {
      reader.mark(1);
      if (reader.read() != '\n') {
        reader.reset();
      }
    }
    return true;
  }

  private void see(char sign) {
    if (length < (long) start + WIDTH) {
      part.append(sign);
      if (part.length() > 2 * WIDTH) {
        part.delete(0, part.length() - WIDTH);
      }
    }
    length++;
  }

  /// The part, with an ellipsis where more of the line was.
  String text() {
    if (length <= WIDTH) {
      return part.toString();
    }
    var begin = Math.min(start, length - WIDTH);
    var seen = Math.min(length, (long) start + WIDTH);
    var from = (int) (part.length() - (seen - begin));
    var text = part.substring(from, from + WIDTH);
    // Half of a pair would be no character.
    var first = Character.isLowSurrogate(text.charAt(0)) ? 1 : 0;
    var last = Character.isHighSurrogate(text.charAt(WIDTH - 1)) ? WIDTH - 1 : WIDTH;
    return (begin > 0 ? "…" : "")
        + text.substring(first, last)
        + (begin + WIDTH < length ? "…" : "");
  }
}
