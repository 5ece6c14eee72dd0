package io.bugreport.model.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Holds every byte of an archive against its index.
///
/// @param entries how many entries are as they were written
/// @param digest of the whole, see [ArchiveIndex]; null where there is no index
/// @param differences what is not as it was written; empty where everything is
public record Verification(int entries, @Nullable String digest, List<Difference> differences) {

  /// Something that is not as it was written.
  ///
  /// @param path the entry; empty for the archive as a whole
  /// @param what in a few words
  public record Difference(String path, String what) {}

  public Verification {
    differences = List.copyOf(differences);
  }

  /// Reads the whole archive.
  public static Verification of(ArchiveReader archive) throws IOException {
    List<Difference> differences = new ArrayList<>();
    if (!archive.isComplete()) {
      differences.add(new Difference("", "it was cut off"));
    }
    ArchiveIndex index;
    try {
      index = archive.index().orElse(null);
    } catch (ArchiveException e) {
      differences.add(new Difference(Layout.INDEX, String.valueOf(e.getMessage())));
      return new Verification(0, null, differences);
    }
    if (index == null) {
      differences.add(new Difference("", "it has no index to hold it against"));
      return new Verification(0, null, differences);
    }
    var good = 0;
    var all = new TreeSet<>(index.entries().keySet());
    all.addAll(archive.paths());
    for (var path : all) {
      var difference = difference(archive, path, index.entries().get(path));
      if (difference == null) {
        good++;
      } else {
        differences.add(new Difference(path, difference));
      }
    }
    return new Verification(good, index.digest(), differences);
  }

  private static @Nullable String difference(
      ArchiveReader archive, String path, @Nullable IndexedEntry written) throws IOException {
    if (written == null) {
      return "was added";
    }
    if (!archive.has(path)) {
      return "is missing";
    }
    if (archive.size(path) != written.size()) {
      return "has " + archive.size(path) + " bytes in place of " + written.size();
    }
    try (var in = archive.open(path)) {
      return Sha256.of(in).equals(written.sha256()) ? null : "has other content";
    } catch (ArchiveException e) {
      return "cannot be read: " + e.getMessage();
    }
  }
}
