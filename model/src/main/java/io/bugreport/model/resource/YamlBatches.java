package io.bugreport.model.resource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of YAML into pieces that can be read by themselves, each of one or more whole
/// documents. A line that begins with `---` begins a document wherever it stands, within block
/// scalars and quotes too (YAML 1.2.2, rule `c-forbidden`), so that none needs to be understood for
/// that. What is not sure to be UTF-8, and all that follows a directive, is left in one piece.
final class YamlBatches {
  /// Documents in text, and the line of the file at which it begins, from 0.
  record Batch(InputStream text, int firstLine) {}

  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final int size;
  private byte[] buffer = new byte[2 * CHUNK];
  private int length;
  private int line;
  private boolean atEnd;
  private boolean whole;

  /// Reads the beginning.
  ///
  /// @param size the bytes that a piece has at least, unless it is the last
  YamlBatches(InputStream in, int size) throws IOException {
    this.in = in;
    this.size = size;
    fill();
    whole = isWide();
  }

  /// The next piece, or null after the last.
  @Nullable Batch next() throws IOException {
    if (isAtEnd()) {
      return null;
    }
    for (var from = size; ; ) {
      var cut = whole ? -1 : cut(from);
      if (cut > 0) {
        return take(cut);
      }
      if (atEnd) {
        return take(length);
      }
      // The marker may be split between what is here and what follows.
      from = Math.max(size, length - 4);
      fill();
    }
  }

  private void fill() throws IOException {
    if (buffer.length - length < CHUNK) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    var read = in.readNBytes(buffer, length, CHUNK);
    length += read;
    atEnd = read < CHUNK;
  }

  private Batch take(int end) {
    var batch = new Batch(new ByteArrayInputStream(Arrays.copyOf(buffer, end)), line);
    for (var i = 0; i < end; i++) {
      if (buffer[i] == '\n' || (buffer[i] == '\r' && (i + 1 == end || buffer[i + 1] != '\n'))) {
        line++;
      }
    }
    length -= end;
    System.arraycopy(buffer, end, buffer, 0, length);
    return batch;
  }

  /// Whether nothing follows the pieces that were taken.
  boolean isAtEnd() {
    return atEnd && length == 0;
  }

  /// The next piece, for streams.
  @Nullable Batch following() {
    try {
      return next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the first document at or after a place begins, or -1.
  private int cut(int from) {
    for (var i = from; i + 4 < length; i++) {
      if (buffer[i] == '\n' && isMarker(i + 1)) {
        whole = hasDirective(i + 1);
        return whole ? -1 : i + 1;
      }
    }
    return -1;
  }

  private boolean isMarker(int at) {
    var end = buffer[at + 3];
    return buffer[at] == '-'
        && buffer[at + 1] == '-'
        && buffer[at + 2] == '-'
        && (end == '\n' || end == '\r' || end == ' ' || end == '\t');
  }

  /// Whether a line begins with the sign of directives, which belong to what follows them.
  private boolean hasDirective(int end) {
    for (var i = 0; i < end; i++) {
      if (buffer[i] == '%' && (i == 0 || buffer[i - 1] == '\n')) {
        return true;
      }
    }
    return false;
  }

  /// Whether the text may be UTF-16 or UTF-32: it then begins with zeros or the mark of its byte
  /// order.
  private boolean isWide() {
    for (var i = 0; i < Math.min(4, length); i++) {
      if (buffer[i] == 0 || buffer[i] == (byte) 0xFE || buffer[i] == (byte) 0xFF) {
        return true;
      }
    }
    return false;
  }
}
