package io.bugreport.model.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Where each entry of an archive of ours lies, found by hopping from header to header without
/// inflating any content.
///
/// @param entries by path, the archive's root included
/// @param complete whether the member that ends the tar file is there
record MemberIndex(NavigableMap<String, TarGzReader.Entry> entries, boolean complete) {
  /// Most headers are shorter than this.
  private static final int USUAL_HEADER = 1 << 9;

  /// No header may be longer than this: one that inflates to the limit even if nothing was gained.
  private static final int LONGEST_HEADER = InflatedMember.LIMIT + (1 << 10);

  /// Whether a file begins as ours do.
  static boolean isOurs(StoredBytes file) throws IOException {
    return GzipMember.announcedLength(file.at(0, GzipMember.LONG_HEADER)).isPresent();
  }

  /// Reads all header members. Where the file is cut off, what came before is whole.
  static MemberIndex of(StoredBytes file, ArchiveLimits limits) throws IOException {
    var entries = new TreeMap<String, TarGzReader.Entry>();
    var size = file.size();
    var total = 0L;
    var at = 0L;
    while (at < size) {
      var announced = GzipMember.announcedLength(file.at(at, GzipMember.LONG_HEADER));
      if (announced.isEmpty()) {
        return new MemberIndex(entries, isEnd(file.at(at, USUAL_HEADER)));
      }
      Header header;
      try {
        header = header(file, at);
      } catch (InflatedMember.Cut _) {
        break;
      }
      var length = announced.getAsLong();
      var contentAt = at + header.length;
      if (length < 0) {
        throw new ArchiveException("an entry's header is damaged: its content has no length");
      }
      if (length > size - contentAt) {
        break;
      }
      var name = limits.checked(header.entry.getName());
      limits.checkSize(name, header.entry.getSize());
      total += header.entry.getSize();
      entries.put(name, new TarGzReader.Entry(contentAt, length, header.entry.getSize()));
      limits.checkTotals(entries.size(), total);
      at = contentAt + length;
    }
    return new MemberIndex(entries, false);
  }

  /// Whether these bytes begin with the member that ends a tar file of ours.
  static boolean isEnd(byte[] bytes) {
    var header = GzipMember.header();
    int length;
    if (GzipMember.indexOffset(bytes).isPresent()) {
      length = GzipMember.LONG_HEADER;
    } else if (bytes.length >= header.length
        && Arrays.equals(bytes, 0, header.length, header, 0, header.length)) {
      length = header.length; // the archives of before there was an index
    } else {
      return false;
    }
    try {
      return Arrays.equals(new InflatedMember(bytes, length).content(), TarHeader.end());
    } catch (InflatedMember.Cut | ArchiveException _) {
      return false; // cut off, or not written by us
    }
  }

  /// An entry's header, and the length of its member.
  record Header(TarArchiveEntry entry, int length) {}

  static Header header(StoredBytes file, long at) throws IOException, InflatedMember.Cut {
    var member = member(file, at);
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(member.content()))) {
      var entry = tar.getNextEntry();
      if (entry == null || !ForeignTar.isPlainFile(entry)) {
        throw new ArchiveException("an entry's header is damaged: it is no file's");
      }
      return new Header(entry, member.end());
    } catch (ArchiveException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ArchiveException("an entry's header is damaged: " + e.getMessage(), e);
    }
  }

  private static InflatedMember member(StoredBytes file, long at)
      throws IOException, InflatedMember.Cut {
    try {
      return new InflatedMember(file.at(at, USUAL_HEADER), GzipMember.LONG_HEADER);
    } catch (InflatedMember.Cut _) {
      return new InflatedMember(file.at(at, LONGEST_HEADER), GzipMember.LONG_HEADER);
    }
  }
}
