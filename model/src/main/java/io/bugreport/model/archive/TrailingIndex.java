package io.bugreport.model.archive;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The index at the end of an archive of ours, found from the file's last bytes. One that does not
/// fit the file is no index: readers then hop over the members.
///
/// @param index what it says
/// @param at where its own header member begins
/// @param content where the member with its content begins
/// @param length bytes of that member
/// @param size bytes of the index, unpacked
record TrailingIndex(ArchiveIndex index, long at, long content, long length, long size) {
  /// The member that ends an archive is some 60 bytes; other compressors may need a few more.
  private static final int LONGEST_END = 1 << 8;

  /// Reads it.
  ///
  /// @return empty where there is none, or one that cannot be right
  static Optional<TrailingIndex> of(StoredBytes file, ArchiveLimits limits) throws IOException {
    var endAt = endMember(file);
    if (endAt < 0) {
      return Optional.empty();
    }
    var at = GzipMember.indexOffset(file.at(endAt, GzipMember.LONG_HEADER)).orElse(-1);
    if (at < 0 || at >= endAt) {
      return Optional.empty();
    }
    try {
      var header = MemberIndex.header(file, at);
      var contentAt = at + header.length();
      var length = GzipMember.announcedLength(file.at(at, GzipMember.LONG_HEADER)).orElse(-1);
      if (length < 0 || length != endAt - contentAt) {
        return Optional.empty();
      }
      var size = header.entry().getSize();
      limits.checkSize(Layout.INDEX, size);
      try (var in = EntryContent.inflating(file.window(contentAt, length), size, Layout.INDEX)) {
        var index = ArchiveIndex.read(in, limits);
        return header.entry().getName().equals(index.root() + "/" + Layout.INDEX)
                && isWithoutGaps(index, at)
            ? Optional.of(new TrailingIndex(index, at, contentAt, length, size))
            : Optional.empty();
      }
    } catch (ArchiveException | InflatedMember.Cut _) {
      return Optional.empty(); // damaged, or made up
    }
  }

  /// The index itself as an entry.
  TarGzReader.Entry entry() {
    return new TarGzReader.Entry(content, length, size);
  }

  /// The offset of the member that ends the file, or -1.
  private static long endMember(StoredBytes file) throws IOException {
    var from = Math.max(0, file.size() - LONGEST_END);
    var tail = file.at(from, LONGEST_END);
    for (var i = tail.length - GzipMember.LONG_HEADER; i >= 0; i--) {
      var bytes = java.util.Arrays.copyOfRange(tail, i, tail.length);
      if (GzipMember.indexOffset(bytes).isPresent() && MemberIndex.isEnd(bytes)) {
        return from + i;
      }
    }
    return -1;
  }

  /// Whether the entries fill the file up to the index. One that was left out, or lies within
  /// another, would be content that tar shows and we do not.
  private static boolean isWithoutGaps(ArchiveIndex index, long end) {
    var at = 0L;
    List<IndexedEntry> byOffset =
        index.entries().values().stream()
            .sorted(Comparator.comparingLong(entry -> entry.at() == null ? -1L : entry.at()))
            .toList();
    for (var entry : byOffset) {
      var header = entry.at();
      var content = entry.content();
      var length = entry.length();
      if (header == null
          || content == null
          || length == null
          || header != at
          || content <= header
          || length <= 0
          || length > end - content) {
        return false;
      }
      at = content + length;
    }
    return at == end;
  }
}
