package io.bugreport.model.check;

import java.io.IOException;
import java.io.Reader;

/// Text that is read line by line, where lines may be of any length: none is held. Lines end as
/// YAML ends them, with LF, CR or both.
final class LineSource {
  /// Takes a character of a line and its place in it, from 0.
  @FunctionalInterface
  interface Signs {
    void accept(char sign, long position);
  }

  private final Reader in;
  private final char[] buffer = new char[1 << 15];
  private int at;
  private int end;

  LineSource(Reader in) {
    this.in = in;
  }

  /// Goes to the next line.
  ///
  /// @return whether there was a line to leave
  boolean skipLine() throws IOException {
    if (!more()) {
      return false;
    }
    do {
      while (at < end) {
        var sign = buffer[at++];
        if (sign == '\n') {
          return true;
        }
        if (sign == '\r') {
          skipLineFeed();
          return true;
        }
      }
    } while (more());
    return true;
  }

  /// Hands over a line and goes to the next.
  ///
  /// @return its length, or -1 where there is none
  long line(Signs signs) throws IOException {
    if (!more()) {
      return -1;
    }
    var position = 0L;
    for (; more(); position++) {
      var sign = buffer[at++];
      if (sign == '\r') {
        skipLineFeed();
      }
      if (sign == '\n' || sign == '\r') {
        return position;
      }
      signs.accept(sign, position);
    }
    return position;
  }

  private void skipLineFeed() throws IOException {
    if (more() && buffer[at] == '\n') {
      at++;
    }
  }

  private boolean more() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at < end;
  }
}
