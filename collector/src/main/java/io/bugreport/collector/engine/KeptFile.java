package io.bugreport.collector.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A file of the archive that bodies are copied into. It comes to be with its first byte: where
/// nothing came there is no file.
public final class KeptFile implements Closeable {
  private static final int BUFFER = 16 << 10;

  private final Evidence evidence;
  private final String path;
  private Evidence.@Nullable File file;

  public KeptFile(Evidence evidence, String path) {
    this.evidence = evidence;
    this.path = path;
  }

  /// How many bytes were kept.
  public long bytes() {
    return file == null ? 0 : file.bytes();
  }

  /// Adds a body; what came of it before an error is kept.
  ///
  /// @param limit bytes of it that are kept at most
  /// @param also shown the bytes that are kept
  /// @throws EvidenceException when the archive cannot be written
  public Copy add(InputStream body, long limit, OutputStream also) throws IOException {
    var buffer = new byte[BUFFER];
    var copied = 0L;
    while (true) {
      int n;
      try {
        n = body.read(buffer);
      } catch (IOException e) {
        return new Copy(copied, false, e);
      }
      if (n < 0) {
        return new Copy(copied, false, null);
      }
      var kept = (int) Math.min(n, limit - copied);
      write(buffer, kept);
      also.write(buffer, 0, kept);
      copied += kept;
      if (kept < n) {
        return new Copy(copied, true, null);
      }
    }
  }

  /// Adds bytes of our own.
  public void add(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  private void write(byte[] bytes, int length) throws IOException {
    var to = file;
    if (to == null) {
      to = evidence.open(path);
      file = to;
    }
    to.write(bytes, 0, length);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
