package io.bugreport.collector.redaction.rules;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Gives text to rules line by line. A line that is longer than a piece is cut where a value ends,
/// so memory does not depend on its length.
final class RuleStream extends OutputStream {
  private static final int PIECE = 1 << 16;

  /// Where a long line may be cut, looked for this far back.
  private static final int LOOK_BACK = 1 << 14;

  private final Replacement replacement;
  private final OutputStream out;
  private byte[] line = new byte[1 << 12];
  private int end;
  private boolean closed;

  RuleStream(Replacement replacement, OutputStream out) {
    this.replacement = replacement;
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (var i = offset; i < offset + length; i++) {
      if (end == line.length) {
        makeRoom();
      }
      line[end++] = bytes[i];
      if (bytes[i] == '\n') {
        pass(end);
      }
    }
  }

  private void makeRoom() throws IOException {
    if (line.length < PIECE) {
      line = Arrays.copyOf(line, line.length * 4);
    } else {
      pass(cut());
    }
  }

  /// After the last comma, brace or blank.
  private int cut() {
    for (var i = end; i > end - LOOK_BACK; i--) {
      var b = line[i - 1];
      if (b == ',' || b == '}' || b == ' ' || b == '&' || b == ';') {
        return i;
      }
    }
    return end;
  }

  private void pass(int to) throws IOException {
    var text = new String(line, 0, to, StandardCharsets.UTF_8);
    Charset charset = StandardCharsets.UTF_8;
    if (text.indexOf('\uFFFD') >= 0) {
      charset = StandardCharsets.ISO_8859_1;
      text = new String(line, 0, to, charset);
    }
    out.write(replacement.in(text).getBytes(charset));
    System.arraycopy(line, to, line, 0, end - to);
    end -= to;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (out) {
        pass(end);
      }
    }
  }
}
