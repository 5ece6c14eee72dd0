package io.bugreport.model.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `index.jsonl`, the last entry of an archive: what is in it, where, and with which checksums. Its
/// first line is about the whole.
///
/// @param root the archive's root folder
/// @param digest SHA-256 over the lines `<sha256> <path>` of all entries in the order of their
///   paths, which is what `sha256sum` would list: the same in every format
/// @param entries by path
public record ArchiveIndex(String root, String digest, NavigableMap<String, IndexedEntry> entries) {

  /// The version in the first line.
  static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// The first line.
  private record Head(int index, @Nullable String root, long entries, @Nullable String digest) {}

  public ArchiveIndex {
    entries = Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
  }

  /// Makes an index of these entries.
  static ArchiveIndex of(String root, NavigableMap<String, IndexedEntry> entries) {
    return new ArchiveIndex(root, digest(entries.values()), entries);
  }

  /// The checksum of each entry, in the order of their paths.
  static SequencedMap<String, String> checksums(NavigableMap<String, IndexedEntry> entries) {
    var checksums = new TreeMap<String, String>();
    entries.forEach((path, entry) -> checksums.put(path, entry.sha256()));
    return checksums;
  }

  /// The digest of entries in the order of their paths.
  static String digest(Collection<IndexedEntry> entries) {
    var sha = Sha256.start();
    for (var entry : entries) {
      sha.update((entry.sha256() + "  " + entry.path() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(sha);
  }

  void write(OutputStream out) throws IOException {
    try (var json = MAPPER.createGenerator(out)) {
      line(json, new Head(VERSION, root, entries.size(), digest));
      entries.values().forEach(entry -> line(json, entry));
    }
  }

  private static void line(JsonGenerator json, Object value) {
    MAPPER.writeValue(json, value);
    json.writeRaw('\n');
  }

  /// Reads an index.
  ///
  /// @throws ArchiveException when it is none, or does not hold together
  static ArchiveIndex read(InputStream in, ArchiveLimits limits) throws IOException {
    try (var json = MAPPER.createParser(in)) {
      json.nextToken();
      var head = MAPPER.readValue(json, Head.class);
      if (head == null || head.index != VERSION || head.root == null || head.digest == null) {
        throw new ArchiveException("its index is of another version, or none");
      }
      var entries = new TreeMap<String, IndexedEntry>();
      var total = 0L;
      while (json.nextToken() != null) {
        var entry = MAPPER.readValue(json, IndexedEntry.class);
        if (entry == null || entries.put(entry.path(), entry) != null) {
          throw new ArchiveException("its index names an entry twice, or none");
        }
        limits.checked(head.root + "/" + entry.path());
        limits.checkSize(entry.path(), entry.size());
        total += entry.size();
        limits.checkTotals(entries.size(), total);
      }
      if (entries.size() != head.entries || !digest(entries.values()).equals(head.digest)) {
        throw new ArchiveException("its index was changed: its own digest does not fit");
      }
      return new ArchiveIndex(head.root, head.digest, entries);
    } catch (JacksonException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new ArchiveException(
              "its index cannot be read: "
                  + e.getOriginalMessage().lines().findFirst().orElse("no JSON"),
              e);
    }
  }
}
