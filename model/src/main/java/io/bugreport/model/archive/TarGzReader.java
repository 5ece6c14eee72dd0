package io.bugreport.model.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a `.tar.gz` in place. An archive of ours is read by the index at its end; one without, as
/// after `kill -9`, by hopping over its members. Any other one is inflated once into a private
/// temporary file, and read from there.
final class TarGzReader implements ArchiveReader {

  /// Where an entry's content lies in the file that is read.
  ///
  /// @param at offset of its first byte
  /// @param length how many bytes it takes there
  /// @param size how many bytes it has unpacked
  /// @param claim what an index says of it, still to be held against its header; null where the
  ///   header itself was read
  record Entry(long at, long length, long size, @Nullable Claim claim) {
    Entry(long at, long length, long size) {
      this(at, length, size, null);
    }

    static Entry of(String root, IndexedEntry entry) {
      return new Entry(
          Objects.requireNonNull(entry.content(), "an entry with offsets"),
          Objects.requireNonNull(entry.length(), "an entry with offsets"),
          entry.size(),
          new Claim(root + "/" + entry.path(), Objects.requireNonNull(entry.at(), "an offset")));
    }
  }

  /// Bytes of a header's member, where nobody has looked.
  private static final int USUAL_HEADER = 200;

  /// That an entry's header lies at an offset and names it so.
  record Claim(String name, long header) {}

  private final Path source;
  private final StoredBytes bytes;
  private final @Nullable Path temporary;
  private final NavigableMap<String, Entry> entries;
  private final @Nullable Entry index;
  private final boolean complete;
  private final @Nullable Instant time;

  private TarGzReader(
      Path source,
      StoredBytes bytes,
      @Nullable Path temporary,
      NavigableMap<String, Entry> entries,
      boolean complete,
      @Nullable Instant time) {
    this.source = source;
    this.bytes = bytes;
    this.temporary = temporary;
    this.entries = entries;
    this.index = entries.remove(Layout.INDEX);
    this.complete = complete;
    this.time = time;
  }

  /// Reads the entries that a writer has committed.
  static ArchiveReader of(Path source, StoredBytes bytes, Collection<IndexedEntry> committed) {
    var entries = new TreeMap<String, Entry>();
    for (var entry : committed) {
      var found = Entry.of("", entry);
      entries.put(entry.path(), new Entry(found.at, found.length, found.size));
    }
    return new TarGzReader(source, bytes, null, entries, true, null);
  }

  /// @param bytes those of the archive, which are closed with it
  static ArchiveReader open(Path source, StoredBytes bytes, ArchiveLimits limits)
      throws IOException {
    try {
      if (!MemberIndex.isOurs(bytes)) {
        if (bytes.isSealed()) {
          throw new ArchiveException(
              "it is encrypted, and no tar.gz of ours inside: only those are read in place, without"
                  + " plain text on the disk; decrypt it yourself: age -d");
        }
        try (bytes) {
          return unpacked(source, bytes, limits);
        }
      }
      var trailing = TrailingIndex.of(bytes, limits);
      if (trailing.isPresent() && trailing.get().index().entries().isEmpty()) {
        throw new ArchiveException(source + " holds no files");
      }
      if (trailing.isPresent()) {
        return indexed(source, bytes, trailing.get());
      }
      var index = MemberIndex.of(bytes, limits);
      if (index.entries().isEmpty()) {
        throw Parts.isPart(source)
            ? JoinedBytes.cutOff(source)
            : new ArchiveException(source + " was cut off before its first entry was complete");
      }
      return new TarGzReader(
          source, bytes, null, RootFolder.strip(index.entries()), index.complete(), timeOf(bytes));
    } catch (ArchiveException e) {
      bytes.close();
      throw named(source, e);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static TarGzReader indexed(Path source, StoredBytes bytes, TrailingIndex trailing)
      throws IOException {
    var root = trailing.index().root();
    var entries = new TreeMap<String, Entry>();
    trailing.index().entries().forEach((path, entry) -> entries.put(path, Entry.of(root, entry)));
    entries.put(Layout.INDEX, trailing.entry());
    return new TarGzReader(source, bytes, null, entries, true, timeOf(bytes));
  }

  /// Says which archive it is, where the message does not.
  private static ArchiveException named(Path source, ArchiveException e) {
    var message = String.valueOf(e.getMessage());
    return message.startsWith(source.toString())
        ? e
        : new ArchiveException(source + ": " + message, e);
  }

  private static ArchiveReader unpacked(Path source, StoredBytes bytes, ArchiveLimits limits)
      throws IOException {
    var temporary = Files.createTempFile("bug-report-", ".tar");
    try {
      var tar = ForeignTar.unpack(source, bytes, temporary, limits);
      return new TarGzReader(
          source,
          new FileBytes(temporary),
          temporary,
          RootFolder.strip(tar.entries()),
          tar.complete(),
          tar.time());
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  @Override
  public SequencedSet<String> paths() {
    return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
  }

  /// All entries of ours have the time that the run started.
  private static @Nullable Instant timeOf(StoredBytes bytes) throws IOException {
    try {
      return MemberIndex.header(bytes, 0).entry().getLastModifiedTime().toInstant();
    } catch (ArchiveException | InflatedMember.Cut _) {
      return null; // the first entry is damaged; it says so when it is read
    }
  }

  @Override
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
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
  public OptionalLong packedSize(String path) throws IOException {
    var entry = existing(path);
    var claim = entry.claim;
    if (temporary != null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(entry.length + (claim == null ? USUAL_HEADER : entry.at - claim.header));
  }

  @Override
  public boolean isSealed() {
    return bytes.isSealed();
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

  private InputStream content(Entry entry, String path) throws IOException {
    var claim = entry.claim;
    if (claim != null && !isTrue(claim, entry)) {
      throw new ArchiveException(
          "the index is wrong about \""
              + path
              + "\": another header lies there; run: bug-report"
              + " repair");
    }
    var stored = bytes.window(entry.at, entry.length);
    return temporary == null ? EntryContent.inflating(stored, entry.size, path) : stored;
  }

  /// Holds an index's word against the entry's own header.
  private boolean isTrue(Claim claim, Entry entry) throws IOException {
    try {
      var header = MemberIndex.header(bytes, claim.header);
      return header.entry().getName().equals(claim.name)
          && header.entry().getSize() == entry.size
          && claim.header + header.length() == entry.at
          && GzipMember.announcedLength(bytes.at(claim.header, GzipMember.LONG_HEADER)).orElse(-1)
              == entry.length;
    } catch (InflatedMember.Cut _) {
      return false;
    }
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
