package io.bugreport.model.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Reads a `.zip` in place, such as one that a ticket system or a file manager packed again. Its
/// directory is believed only as far as the content bears it out.
final class ZipReader implements ArchiveReader {
  private final Path source;
  private final ZipFile zip;
  private final NavigableMap<String, ZipEntry> entries;
  private final @Nullable ZipEntry index;
  private final Instant time;

  private ZipReader(
      Path source, ZipFile zip, NavigableMap<String, ZipEntry> entries, Instant time) {
    this.source = source;
    this.zip = zip;
    this.entries = entries;
    this.index = entries.remove(Layout.INDEX);
    this.time = time;
  }

  /// Whether these are the first bytes of a zip file; an empty one has no entry to begin with.
  static boolean isZip(byte[] start) {
    return start.length >= 4
        && start[0] == 'P'
        && start[1] == 'K'
        && ((start[2] == 3 && start[3] == 4) || (start[2] == 5 && start[3] == 6));
  }

  static ArchiveReader open(Path source, ArchiveLimits limits) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(source.toFile());
    } catch (ZipException | IllegalArgumentException e) {
      throw new ArchiveException(
          source + " is a damaged zip file, or one that was cut off: " + e.getMessage(), e);
    }
    try {
      return listed(source, zip, limits);
    } catch (IllegalArgumentException e) {
      zip.close();
      throw new ArchiveException(source + " is a damaged zip file: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipReader listed(Path source, ZipFile zip, ArchiveLimits limits)
      throws IOException {
    var entries = new TreeMap<String, ZipEntry>();
    var total = 0L;
    var time = Instant.EPOCH;
    for (var all = zip.entries(); all.hasMoreElements(); ) {
      var entry = all.nextElement();
      if (entry.isDirectory()) {
        continue;
      }
      var path = limits.checked(RootFolder.withoutDots(entry.getName()));
      limits.checkSize(path, entry.getSize());
      total += entry.getSize();
      if (entries.put(path, entry) != null) {
        throw new ArchiveException(source + " holds \"" + path + "\" twice");
      }
      limits.checkTotals(entries.size(), total);
      var written = entry.getLastModifiedTime();
      if (written != null && written.toInstant().isAfter(time)) {
        time = written.toInstant();
      }
    }
    if (entries.isEmpty()) {
      throw new ArchiveException(source + " holds no files");
    }
    return new ZipReader(source, zip, RootFolder.strip(entries), time);
  }

  @Override
  public SequencedSet<String> paths() {
    return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
  }

  @Override
  public long size(String path) throws IOException {
    return existing(path).getSize();
  }

  @Override
  public InputStream open(String path) throws IOException {
    return content(existing(path), path);
  }

  @Override
  public Optional<ArchiveIndex> index() throws IOException {
    if (index == null) {
      return Optional.empty();
    }
    try (var in = content(index, Layout.INDEX)) {
      return Optional.of(ArchiveIndex.read(in, ArchiveLimits.standard()));
    }
  }

  @Override
  public Optional<Instant> time() {
    return time.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
  }

  private InputStream content(ZipEntry entry, String path) throws IOException {
    try {
      var in = zip.getInputStream(entry);
      if (in == null) {
        throw new ArchiveException("\"" + path + "\" is damaged in the archive");
      }
      return new Content(in, entry, path);
    } catch (ZipException e) {
      throw damaged(path, e);
    }
  }

  private static ArchiveException damaged(String path, IOException e) {
    return new ArchiveException("\"" + path + "\" is damaged in the archive: " + e.getMessage(), e);
  }

  private ZipEntry existing(String path) throws NoSuchFileException {
    var entry = entries.get(path);
    if (entry == null) {
      throw new NoSuchFileException(path);
    }
    return entry;
  }

  @Override
  public String name() {
    return source.toString();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /// As many bytes as the directory says, with the checksum it says.
  private static final class Content extends FilterInputStream {
    private final ZipEntry entry;
    private final String path;
    private final CRC32 crc = new CRC32();
    private long read;

    Content(InputStream in, ZipEntry entry, String path) {
      super(in);
      this.entry = entry;
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n;
      try {
        n = in.read(buffer, offset, length);
      } catch (ZipException | java.io.EOFException e) {
        throw damaged(path, e);
      }
      if (n < 0) {
        if (read != entry.getSize() || crc.getValue() != entry.getCrc()) {
          throw new ArchiveException("\"" + path + "\" is not what the archive says of it");
        }
        return n;
      }
      crc.update(buffer, offset, n);
      read += n;
      if (read > entry.getSize()) {
        throw new ArchiveException("\"" + path + "\" is longer than the archive says");
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      var left = n;
      var buffer = new byte[Math.clamp(n, 1, 1 << 13)];
      while (left > 0) {
        var got = read(buffer, 0, (int) Math.min(left, buffer.length));
        if (got < 0) {
          break;
        }
        left -= got;
      }
      return n - left;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
