package io.bugreport.model.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Reads a `.tar.gz` in place. In an archive of ours it hops over the members; any other one is
/// inflated once into a private temporary file, and read from there.
final class TarGzReader implements ArchiveReader {

  /// Where an entry's content lies in the file that is read.
  ///
  /// @param at offset of its first byte
  /// @param length how many bytes it takes there
  /// @param size how many bytes it has unpacked
  record Entry(long at, long length, long size) {}

  private static final int HEADER_ROOM = 1 << 16;

  private final Path source;
  private final FileChannel channel;
  private final boolean packed;
  private final @Nullable Path temporary;
  private final NavigableMap<String, Entry> entries;

  private TarGzReader(
      Path source,
      FileChannel channel,
      boolean packed,
      @Nullable Path temporary,
      NavigableMap<String, Entry> entries) {
    this.source = source;
    this.channel = channel;
    this.packed = packed;
    this.temporary = temporary;
    this.entries = entries;
  }

  /// Reads the entries that a writer has committed.
  static ArchiveReader of(Path source, NavigableMap<String, Entry> entries) throws IOException {
    return new TarGzReader(
        source, FileChannel.open(source, StandardOpenOption.READ), true, null, entries);
  }

  static ArchiveReader open(Path source, ArchiveLimits limits) throws IOException {
    var channel = FileChannel.open(source, StandardOpenOption.READ);
    try {
      if (GzipMember.announcedLength(bytes(channel, 0, GzipMember.LONG_HEADER)).isPresent()) {
        var entries = hop(source, channel, limits);
        return new TarGzReader(source, channel, true, null, stripRoot(entries));
      }
      channel.close();
      return unpacked(source, limits);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Reads the header members alone.
  private static NavigableMap<String, Entry> hop(
      Path source, FileChannel channel, ArchiveLimits limits) throws IOException {
    var entries = new TreeMap<String, Entry>();
    var total = 0L;
    for (long at = 0; at < channel.size(); ) {
      var room = bytes(channel, at, HEADER_ROOM);
      var announced = GzipMember.announcedLength(room);
      if (announced.isEmpty()) {
        break; // the member that ends the tar file
      }
      var header = new HeaderMember(room, limits);
      var content = new Entry(at + header.length, announced.getAsLong(), header.entry.getSize());
      var end = content.at + content.length;
      if (content.length < 0 || end > channel.size()) {
        break; // cut off in mid-entry: what came before is whole
      }
      limits.checkSize(header.entry.getName(), content.size);
      total += content.size;
      entries.put(limits.checked(header.entry.getName()), content);
      limits.checkTotals(entries.size(), total);
      at = end;
    }
    if (entries.isEmpty()) {
      throw new ArchiveException(source + " holds no complete entry");
    }
    return entries;
  }

  /// One inflated header member.
  private static final class HeaderMember {
    private final TarArchiveEntry entry;
    private final int length;

    HeaderMember(byte[] room, ArchiveLimits limits) throws IOException {
      var counted = new InflatedMember(room, GzipMember.LONG_HEADER);
      this.length = counted.end();
      try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(counted.content()))) {
        var next = tar.getNextEntry();
        if (next == null || !next.isFile()) {
          throw new ArchiveException("an entry's header is damaged");
        }
        limits.checkSize(next.getName(), next.getSize());
        this.entry = next;
      } catch (IllegalArgumentException e) {
        throw new ArchiveException("an entry's header is damaged", e);
      }
    }
  }

  /// Inflates a foreign archive into a tar file of our own.
  private static ArchiveReader unpacked(Path source, ArchiveLimits limits) throws IOException {
    var temporary = Files.createTempFile("bug-report-", ".tar");
    try {
      inflate(source, temporary, limits);
      var entries = new TreeMap<String, Entry>();
      try (var in = new BufferedInputStream(Files.newInputStream(temporary));
          var tar = new TarArchiveInputStream(in)) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse()) {
            var name =
                entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
            limits.checkSize(name, entry.getSize());
            entries.put(
                limits.checked(name),
                new Entry(entry.getDataOffset(), entry.getSize(), entry.getSize()));
            limits.checkTotals(entries.size(), 0);
          }
        }
      } catch (IllegalArgumentException e) {
        throw new ArchiveException(source + " is no tar archive, or a damaged one", e);
      }
      if (entries.isEmpty()) {
        throw new ArchiveException(source + " holds no files; is it a .tar.gz archive?");
      }
      var channel = FileChannel.open(temporary, StandardOpenOption.READ);
      return new TarGzReader(source, channel, false, temporary, stripRoot(entries));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static void inflate(Path source, Path target, ArchiveLimits limits) throws IOException {
    var buffer = new byte[1 << 16];
    var total = 0L;
    try (var in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(source)));
        var out = Files.newOutputStream(target)) {
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        limits.checkTotals(0, total);
        out.write(buffer, 0, n);
      }
    } catch (ZipException e) {
      throw new ArchiveException(source + " is not a gzip file: " + e.getMessage(), e);
    }
  }

  /// Takes away the root folder, where all entries share one.
  private static NavigableMap<String, Entry> stripRoot(NavigableMap<String, Entry> entries) {
    var first = entries.firstKey();
    var slash = first.indexOf('/');
    if (slash < 0) {
      return entries;
    }
    var root = first.substring(0, slash + 1);
    if (Layout.isTopLevel(root) || !entries.keySet().stream().allMatch(p -> p.startsWith(root))) {
      return entries;
    }
    var stripped = new TreeMap<String, Entry>();
    entries.forEach((path, entry) -> stripped.put(path.substring(root.length()), entry));
    return stripped;
  }

  private static byte[] bytes(FileChannel channel, long at, int room) throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(room, Math.max(0, channel.size() - at)));
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // until full, or until the file ends
    }
    return buffer.array();
  }

  @Override
  public SequencedSet<String> paths() {
    return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
  }

  @Override
  public long size(String path) throws IOException {
    return existing(path).size;
  }

  @Override
  public InputStream open(String path) throws IOException {
    var entry = existing(path);
    var stored = new Window(channel, entry.at, entry.length);
    if (!packed) {
      return stored;
    }
    return new Exactly(new GZIPInputStream(stored, 1 << 13), entry.size, path);
  }

  private Entry existing(String path) throws NoSuchFileException {
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
    channel.close();
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }

  /// A part of a file, independent of all other readers of it.
  private static final class Window extends InputStream {
    private final FileChannel channel;
    private long at;
    private final long end;

    Window(FileChannel channel, long at, long length) {
      this.channel = channel;
      this.at = at;
      this.end = at + length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      var room = (int) Math.min(length, end - at);
      var n = channel.read(ByteBuffer.wrap(buffer, offset, room), at);
      at += Math.max(n, 0);
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - at);
    }
  }

  /// As many bytes as the tar header promised: fewer are an error, the padding behind them is not
  /// shown.
  private static final class Exactly extends InputStream {
    private final InputStream in;
    private final String path;
    private long left;

    Exactly(InputStream in, long size, String path) {
      this.in = in;
      this.left = size;
      this.path = path;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      var n = in.read(buffer, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new ArchiveException("\"" + path + "\" is shorter than its header says");
      }
      left -= n;
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
