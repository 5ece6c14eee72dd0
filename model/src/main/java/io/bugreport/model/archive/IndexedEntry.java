package io.bugreport.model.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A line of `index.jsonl`: one entry and where it lies. The offsets are there in a `.tar.gz` of
/// ours alone.
///
/// @param path relative to the archive's root
/// @param at offset in the file of the gzip member with its tar header
/// @param content offset of the member with its content, which follows the header's
/// @param length bytes of that member
/// @param size bytes of the content, unpacked
/// @param sha256 of the content, in lower-case hex
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IndexedEntry(
    String path,
    @Nullable Long at,
    @Nullable Long content,
    @Nullable Long length,
    long size,
    String sha256) {

  public IndexedEntry {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(sha256, "sha256");
    if (size < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no entry of an index: " + path);
    }
  }
}
