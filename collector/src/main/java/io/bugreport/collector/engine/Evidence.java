package io.bugreport.collector.engine;

import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.EntryStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// The way of evidence into the archive. Tells an archive that cannot be written, which ends the
/// run, from a source that fails; and lets nothing in after the run has ended.
public final class Evidence {
  private final @Nullable ArchiveWriter archive;
  private final Stop stop;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private volatile boolean closed;
  private volatile @Nullable EvidenceException failure;

  /// @param archive null where nothing is kept, since the run only plans
  public Evidence(@Nullable ArchiveWriter archive, Stop stop) {
    this.archive = archive;
    this.stop = stop;
  }

  /// Opens a file of the archive. Closing it commits what was written.
  ///
  /// @throws FileAlreadyExistsException when this run has written it before
  public File open(String path) throws IOException {
    try {
      return new File(archive == null ? null : archive.open(path));
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Writes a file that is at hand as a whole.
  public void write(String path, String content) throws IOException {
    try (var file = open(path)) {
      file.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Lets nothing more in. Waits for files that are being committed.
  public void close() {
    gate.writeLock().lock();
    try {
      closed = true;
    } finally {
      gate.writeLock().unlock();
    }
  }

  /// Why the archive could not be written; null while it could.
  public @Nullable EvidenceException failure() {
    return failure;
  }

  private EvidenceException failed(IOException cause) {
    var message =
        "the archive "
            + (archive == null ? "" : archive.target())
            + " cannot be written: "
            + cause.getMessage()
            + "; free some space or choose another --output-dir";
    var wrapped = new EvidenceException(message, cause);
    if (failure == null && !closed) {
      failure = wrapped;
    }
    stop.stop(message);
    return wrapped;
  }

  /// A file on its way into the archive.
  public final class File extends OutputStream {
    private final @Nullable EntryStream entry;
    private boolean done;

    private File(@Nullable EntryStream entry) {
      this.entry = entry;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      try {
        if (entry != null) {
          entry.write(buffer, offset, length);
        }
      } catch (IOException e) {
        throw failed(e);
      }
    }

    /// How many bytes were written.
    public long bytes() {
      return entry == null ? 0 : entry.bytes();
    }

    /// Leaves no trace of it.
    public void abandon() throws IOException {
      if (!done && entry != null) {
        done = true;
        entry.abandon();
      }
    }

    @Override
    public void close() throws IOException {
      if (done || entry == null) {
        return;
      }
      gate.readLock().lock();
      try {
        done = true;
        if (closed) {
          entry.abandon();
        } else {
          entry.close();
        }
      } catch (IOException e) {
        throw failed(e);
      } finally {
        gate.readLock().unlock();
      }
    }
  }
}
