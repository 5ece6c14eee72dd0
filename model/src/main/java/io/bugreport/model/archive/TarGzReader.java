package io.bugreport.model.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;
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

  private final Path source;
  private final StoredBytes bytes;
  private final @Nullable Path temporary;
  private final NavigableMap<String, Entry> entries;
  private final boolean complete;

  private TarGzReader(
      Path source,
      StoredBytes bytes,
      @Nullable Path temporary,
      NavigableMap<String, Entry> entries,
      boolean complete) {
    this.source = source;
    this.bytes = bytes;
    this.temporary = temporary;
    this.entries = entries;
    this.complete = complete;
  }

  /// Reads the entries that a writer has committed.
  static ArchiveReader of(Path source, NavigableMap<String, Entry> entries) throws IOException {
    return new TarGzReader(source, new StoredBytes(source), null, entries, true);
  }

  static ArchiveReader open(Path source, ArchiveLimits limits) throws IOException {
    var bytes = new StoredBytes(source);
    try {
      if (!MemberIndex.isOurs(bytes)) {
        bytes.close();
        return unpacked(source, limits);
      }
      var index = MemberIndex.of(bytes, limits);
      if (index.entries().isEmpty()) {
        throw new ArchiveException(source + " was cut off before its first entry was complete");
      }
      return new TarGzReader(source, bytes, null, stripRoot(index.entries()), index.complete());
    } catch (ArchiveException e) {
      bytes.close();
      throw named(source, e);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /// Says which archive it is, where the message does not.
  private static ArchiveException named(Path source, ArchiveException e) {
    var message = String.valueOf(e.getMessage());
    return message.startsWith(source.toString())
        ? e
        : new ArchiveException(source + ": " + message, e);
  }

  private static ArchiveReader unpacked(Path source, ArchiveLimits limits) throws IOException {
    var temporary = Files.createTempFile("bug-report-", ".tar");
    try {
      var tar = ForeignTar.unpack(source, temporary, limits);
      return new TarGzReader(
          source, new StoredBytes(temporary), temporary, stripRoot(tar.entries()), tar.complete());
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
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

  @Override
  public SequencedSet<String> paths() {
    return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public long size(String path) throws IOException {
    return existing(path).size;
  }

  @Override
  public InputStream open(String path) throws IOException {
    var entry = existing(path);
    var stored = bytes.window(entry.at, entry.length);
    return temporary == null ? EntryContent.inflating(stored, entry.size, path) : stored;
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
    bytes.close();
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
