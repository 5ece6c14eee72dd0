package io.bugreport.model.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What was left out of an archive so that it is no larger than asked for.
///
/// @param limit the size asked for, in bytes of the archive's file
/// @param files how many files were left out
/// @param bytes how many bytes those have, unpacked
/// @param groups how many files of each [Importance], by its word
public record LeftOut(long limit, long files, long bytes, SequencedMap<String, Long> groups) {

  public LeftOut {
    groups = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(groups));
  }

  /// Why an item is missing.
  public String reason() {
    return "left out so that the archive has at most " + limit + " bytes (--max-size)";
  }

  /// In one sentence.
  public String sentence() {
    var what = new StringBuilder();
    groups.forEach(
        (word, count) ->
            what.append(what.isEmpty() ? "" : ", ").append(count).append(' ').append(word));
    return files
        + " files of "
        + bytes
        + " bytes were left out so that this archive has at most "
        + limit
        + " bytes: "
        + what;
  }
}
