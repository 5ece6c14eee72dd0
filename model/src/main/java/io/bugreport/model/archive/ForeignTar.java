package io.bugreport.model.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A `.tar.gz` that another program wrote, or a `.tar.zst`, inflated into a private tar file and
/// indexed there. Of one that is cut off, the entries that are whole are kept.
///
/// @param entries by path, the archive's root included
/// @param complete whether nothing was cut off
/// @param time when its newest entry was written
record ForeignTar(NavigableMap<String, TarGzReader.Entry> entries, boolean complete, Instant time) {

  /// Inflates and indexes an archive.
  ///
  /// @param tar an empty file that takes what is inflated
  static ForeignTar unpack(Path source, StoredBytes bytes, Path tar, ArchiveLimits limits)
      throws IOException {
    var whole = inflate(source, bytes, tar, limits);
    var size = Files.size(tar);
    var entries = new TreeMap<String, TarGzReader.Entry>();
    var time = Instant.EPOCH;
    try (var headers = new HeaderBytes(new BufferedInputStream(Files.newInputStream(tar)));
        var in = new TarArchiveInputStream(headers)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        headers.allow(entry.getSize());
        if (!isPlainFile(entry)) {
          continue;
        }
        var name = limits.checked(RootFolder.withoutDots(entry.getName()));
        limits.checkSize(name, entry.getSize());
        var at = headers.at;
        if (entry.getSize() > size - at) {
          whole = false;
          break;
        }
        entries.put(name, new TarGzReader.Entry(at, entry.getSize(), entry.getSize()));
        limits.checkTotals(entries.size(), 0);
        var written = entry.getLastModifiedTime().toInstant();
        time = written.isAfter(time) ? written : time;
      }
    } catch (ArchiveException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (whole || entries.isEmpty()) {
        throw new ArchiveException(
            source + " is no tar archive, or a damaged one: " + e.getMessage(), e);
      }
      // Cut off amid a header: what came before is whole.
    }
    if (entries.isEmpty()) {
      throw new ArchiveException(source + " holds no files; is it a .tar.gz archive?");
    }
    return new ForeignTar(entries, whole, time);
  }

  /// Whether an entry has content of its own: links, devices and folders do not.
  static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isDirectory()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isBlockDevice()
        && !entry.isCharacterDevice()
        && !entry.isFIFO()
        && !entry.isSparse();
  }

  /// Returns whether the compressed file goes on to its end.
  private static boolean inflate(Path source, StoredBytes bytes, Path target, ArchiveLimits limits)
      throws IOException {
    var compression = Compression.of(bytes.at(0, 4));
    var buffer = new byte[1 << 16];
    var total = 0L;
    try (var raw = new BufferedInputStream(bytes.window(0, bytes.size()), 1 << 16);
        var in = compression.open(raw);
        var out = Files.newOutputStream(target)) {
      try {
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          total += n;
          limits.checkTotals(0, total);
          out.write(buffer, 0, n);
        }
        return true;
      } catch (EOFException _) {
        return false;
      }
    } catch (EOFException e) {
      throw new ArchiveException(source + " is empty or cut off: no .tar.gz archive", e);
    } catch (ZipException e) {
      throw new ArchiveException(
          source + " is not a gzip file, or a damaged one: " + e.getMessage(), e);
    }
  }

  /// Lets the tar reader come so far beyond an entry's content and no further before it has found
  /// the next entry. It keeps long names in memory, and an archive may claim one of gigabytes.
  private static final class HeaderBytes extends FilterInputStream {
    private static final int MOST = 1 << 16;

    private long limit = MOST;
    private long at;

    HeaderBytes(InputStream in) {
      super(in);
    }

    /// Lets it pass over content, be it by skipping or by reading.
    void allow(long content) {
      var end = at + Math.max(0, content);
      limit = end < 0 ? Long.MAX_VALUE : end + MOST;
    }

    @Override
    public int read() throws IOException {
      var b = super.read();
      if (b >= 0) {
        passed(1);
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var n = super.read(buffer, offset, length);
      passed(Math.max(0, n));
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      var skipped = super.skip(n);
      passed(skipped);
      return skipped;
    }

    private void passed(long n) throws ArchiveException {
      at += n;
      if (at > limit) {
        throw new ArchiveException("a header takes more than " + MOST + " bytes: refused");
      }
    }
  }
}
