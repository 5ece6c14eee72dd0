package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.EntryStream;
import io.bugreport.model.archive.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes a whole archive of what a killed run, a full disk or a cut upload left.
///
/// @param kept how many entries were copied
/// @param damaged entries that could not be read, with the reason
public record Repair(int kept, List<Damaged> damaged) {

  /// An entry that is lost.
  public record Damaged(String path, String reason) {}

  private static final String CUT =
      "the archive was cut off: what it lacks may have been in its lost part";

  public Repair {
    damaged = List.copyOf(damaged);
  }

  /// Copies what can be read, and writes `collection.jsonl` and `manifest.json` where they are
  /// missing. The index is written when the caller closes the target.
  ///
  /// @param tool name and version of this program, for the manifest
  /// @param time when the archive was made, where it does not say so itself
  public static Repair copy(ArchiveReader source, ArchiveWriter target, String tool, Instant time)
      throws IOException {
    List<Damaged> damaged = new ArrayList<>();
    var kept = 0;
    for (var path : source.paths()) {
      var reason = path.equals(Layout.MANIFEST) ? null : copy(source, path, target);
      if (reason != null) {
        damaged.add(new Damaged(path, reason));
      } else if (!path.equals(Layout.MANIFEST)) {
        kept++;
      }
    }
    var recorded =
        source.has(Layout.COLLECTION)
            && damaged.stream().noneMatch(d -> d.path().equals(Layout.COLLECTION));
    if (!recorded) {
      try (var written = target.written();
          var out = target.open(Layout.COLLECTION)) {
        for (var item : Inventory.of(written)) {
          out.write((SnapshotJson.line(item) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    target.write(
        Layout.MANIFEST, SnapshotJson.text(manifest(source, tool, time, lost(recorded, damaged))));
    return new Repair(kept, damaged);
  }

  /// What may be lost. A run that has written what came of each item has written the items before.
  private static @Nullable String lost(boolean recorded, List<Damaged> damaged) {
    if (!damaged.isEmpty()) {
      return damaged.size() + " entries of the archive could not be read";
    }
    return recorded ? null : CUT;
  }

  /// Returns why an entry cannot be copied.
  private static @Nullable String copy(ArchiveReader source, String path, ArchiveWriter target)
      throws IOException {
    var out = target.open(path);
    try {
      return copy(source, path, out);
    } finally {
      out.abandon(); // does nothing where it was closed
    }
  }

  private static @Nullable String copy(ArchiveReader source, String path, EntryStream out)
      throws IOException {
    var buffer = new byte[1 << 16];
    try (var in = source.open(path)) {
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (ArchiveException e) {
      return String.valueOf(e.getMessage());
    }
    out.close();
    return null;
  }

  private static Manifest manifest(
      ArchiveReader source, String tool, Instant time, @Nullable String lost) throws IOException {
    if (source.has(Layout.MANIFEST)) {
      try {
        return SnapshotJson.readManifest(source).withLost(lost);
      } catch (ArchiveException _) {
        // Damaged as well: it is made anew.
      }
    }
    var clusters = new TreeSet<String>();
    source.paths().forEach(path -> Layout.clusterOf(path).ifPresent(clusters::add));
    var outcomes = new TreeMap<String, Long>();
    List<CollectedItem> items =
        source.has(Layout.COLLECTION) ? SnapshotJson.readItems(source) : Inventory.of(source);
    items.forEach(item -> outcomes.merge(item.outcome().word(), 1L, Long::sum));
    var started = source.time().orElse(time);
    return new Manifest(
        Layout.VERSION,
        tool,
        List.of(),
        started,
        started,
        null,
        clusters.stream().map(name -> new Manifest.ClusterEntry(name, name, null)).toList(),
        outcomes,
        items.stream().mapToLong(CollectedItem::bytes).sum(),
        new TreeMap<>(),
        new TreeMap<>(),
        "the run ended before it had written its manifest; repaired afterwards",
        lost,
        null,
        null,
        null);
  }
}
