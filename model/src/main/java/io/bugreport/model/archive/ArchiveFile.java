package io.bugreport.model.archive;

import io.bugreport.model.seal.Recipients;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// The file that an archive grows in. It is no channel: an interrupt of one writing thread would
/// close that, and lose the archive.
abstract class ArchiveFile implements Closeable {

  /// Makes a new one.
  static ArchiveFile create(Path target, Recipients recipients) throws IOException {
    PrivateFiles.create(target);
    return recipients.isEmpty() ? new Plain(target) : new Sealed(target, recipients);
  }

  /// Where bytes are appended.
  abstract OutputStream out();

  /// Takes back what was appended beyond an offset, after it failed: a full disk must not leave
  /// half an entry in front of the next one.
  abstract void cutTo(long length) throws IOException;

  /// Reads what was appended so far.
  abstract StoredBytes written() throws IOException;

  /// Ends the file.
  @Override
  public abstract void close() throws IOException;

  /// A file as it is. It appends, so it goes on at the end after a cut as well.
  private static final class Plain extends ArchiveFile {
    private final Path target;
    private final FileOutputStream file;

    Plain(Path target) throws IOException {
      this.target = target;
      this.file = new FileOutputStream(target.toFile(), true);
    }

    @Override
    OutputStream out() {
      return file;
    }

    @Override
    void cutTo(long length) throws IOException {
      try (var whole = new RandomAccessFile(target.toFile(), "rw")) {
        whole.setLength(length);
      }
    }

    @Override
    StoredBytes written() throws IOException {
      return new FileBytes(target);
    }

    @Override
    public void close() throws IOException {
      try (file) {
        file.getFD().sync();
      }
    }
  }

  /// An encrypted file.
  private static final class Sealed extends ArchiveFile {
    private final Path target;
    private final FileOutputStream file;
    private final io.bugreport.model.seal.SealedStream out;
    private boolean failed;

    Sealed(Path target, Recipients recipients) throws IOException {
      this.target = target;
      this.file = new FileOutputStream(target.toFile(), true);
      this.out = recipients.seal(file);
    }

    @Override
    OutputStream out() {
      return out;
    }

    /// Pieces are numbered, and no number may seal two texts: nothing can follow. Every entry
    /// before this one stays readable, as after a kill.
    @Override
    void cutTo(long length) throws IOException {
      failed = true;
      file.close();
    }

    @Override
    StoredBytes written() throws IOException {
      return SealedBytes.growing(new FileBytes(target), out.header(), out.written(), out.pending());
    }

    @Override
    public void close() throws IOException {
      if (failed) {
        throw new IOException(
            target
                + " could not be written to its end; what came before is saved by: bug-report"
                + " repair --identity FILE");
      }
      out.close();
    }
  }
}
