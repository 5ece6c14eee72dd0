package io.bugreport.model.archive;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// How a tar file is compressed, as its first bytes tell.
enum Compression {
  GZIP,
  ZSTD;

  /// The compression of a file that begins so. What is none that we know is opened as gzip, which
  /// says what is wrong.
  static Compression of(byte[] start) {
    return start.length >= 4
            && start[0] == 0x28
            && start[1] == (byte) 0xb5
            && start[2] == 0x2f
            && start[3] == (byte) 0xfd
        ? ZSTD
        : GZIP;
  }

  /// Decompresses. The window of zstd is bounded by its own limit, 128 MiB.
  ///
  /// @throws EOFException from the stream, where the file ends before its content does
  InputStream open(InputStream file) throws IOException {
    if (this == GZIP) {
      return new GZIPInputStream(file);
    }
    ZstdLibrary.load();
    return new Frames(new ZstdInputStreamNoFinalizer(file));
  }

  /// Tells a cut from damage, as a gzip stream does.
  private static final class Frames extends InputStream {
    private final InputStream in;

    Frames(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (ZstdIOException e) {
        if (String.valueOf(e.getMessage()).contains("Truncated source")) {
          var cut = new EOFException("the file was cut off");
          cut.initCause(e);
          throw cut;
        }
        throw new ArchiveException("it is damaged: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
