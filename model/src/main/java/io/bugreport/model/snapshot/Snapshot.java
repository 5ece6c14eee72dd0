package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.ArchiveLimits;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.machine.Machine;
import io.bugreport.model.seal.Identities;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What was collected from one or more clusters at one time, opened for reading. It does not
/// change, and the same archive always reads the same.
public final class Snapshot implements Closeable {
  /// The cluster that loose files are of, where nobody names another.
  public static final String LOOSE = "default";

  private final ArchiveReader archive;
  private final Manifest manifest;
  private final boolean recorded;
  private final List<CollectedItem> items;
  private final List<Cluster> clusters;

  private Snapshot(
      ArchiveReader archive,
      Manifest manifest,
      boolean recorded,
      List<CollectedItem> items,
      List<Cluster> clusters) {
    this.archive = archive;
    this.manifest = manifest;
    this.recorded = recorded;
    this.items = List.copyOf(items);
    this.clusters = List.copyOf(clusters);
  }

  /// Opens an archive or a folder.
  ///
  /// @param collectedAt the time to reckon with if the archive does not say its own
  public static Snapshot open(Path source, Instant collectedAt) throws IOException {
    return open(source, collectedAt, Identities.none());
  }

  /// Opens an archive that may be encrypted.
  ///
  /// @param identities what opens it, if it is
  public static Snapshot open(Path source, Instant collectedAt, Identities identities)
      throws IOException {
    var archive = ArchiveReader.open(source, ArchiveLimits.standard(), identities);
    try {
      return of(archive, collectedAt);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /// Reads a snapshot out of an archive, which is closed with it.
  ///
  /// @param collectedAt the time to reckon with if the archive does not say its own
  public static Snapshot of(ArchiveReader archive, Instant collectedAt) throws IOException {
    if (!isOurs(archive)) {
      var importer = Importer.of(archive.paths());
      if (importer.isPresent()) {
        return imported(importer.get(), archive, collectedAt);
      }
    }
    var manifest =
        archive.has(Layout.MANIFEST)
            ? SnapshotJson.readManifest(archive)
            : SnapshotJson.absentManifest(archive.time().orElse(collectedAt));
    return of(archive, manifest);
  }

  private static boolean isOurs(ArchiveReader archive) {
    return archive.has(Layout.MANIFEST)
        || archive.paths().stream()
            .anyMatch(
                path -> Layout.clusterOf(path).isPresent() || Layout.machineOf(path).isPresent());
  }

  private static Snapshot imported(Importer importer, ArchiveReader archive, Instant collectedAt)
      throws IOException {
    var files = new ImportedFiles(archive);
    try {
      importer.place(archive, files);
      files.finish();
      var clusters = clusters(files);
      var items = ImportGaps.items(importer, archive.paths(), files, clusters);
      var time = archive.time().orElse(collectedAt);
      var outcomes = new TreeMap<String, Long>();
      items.forEach(item -> outcomes.merge(item.outcome().word(), 1L, Long::sum));
      var manifest =
          new Manifest(
              Layout.VERSION,
              importer.tool(),
              List.of(),
              time,
              time,
              null,
              clusters.stream()
                  .map(c -> new Manifest.ClusterEntry(c.name(), c.name(), null))
                  .toList(),
              outcomes,
              items.stream().mapToLong(CollectedItem::bytes).sum(),
              new TreeMap<>(),
              new TreeMap<>(),
              null);
      return new Snapshot(files, manifest, true, items, clusters);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /// Whether a folder is an archive, of ours or of a tool that we can read, and not one of loose
  /// files.
  public static boolean isArchive(Path folder) throws IOException {
    try (var archive = ArchiveReader.open(folder)) {
      return isOurs(archive) || Importer.of(archive.paths()).isPresent();
    } catch (ArchiveException _) {
      return false; // too large or too deep for an archive
    }
  }

  /// Reads a snapshot whose manifest is still to be written, as at the end of a collection.
  public static Snapshot of(ArchiveReader archive, Manifest manifest) throws IOException {
    var recorded = archive.has(Layout.COLLECTION);
    List<CollectedItem> items = recorded ? SnapshotJson.readItems(archive) : List.of();
    return new Snapshot(archive, manifest, recorded, items, clusters(archive));
  }

  /// The same snapshot, with other words about what is in it. It shares the archive, which is
  /// closed with either.
  public Snapshot saying(Manifest other, List<CollectedItem> changed) {
    return new Snapshot(archive, other, recorded, changed, clusters);
  }

  /// Makes a snapshot of files that nobody collected: manifests as they are applied or exported.
  ///
  /// @param archive the files, under names in which no layout is looked for
  /// @param files the names of each cluster's files; earlier ones win where an object is there
  ///   twice
  /// @param collectedAt the time to reckon with
  public static Snapshot ofLooseFiles(
      ArchiveReader archive, Map<String, SequencedSet<String>> files, Instant collectedAt) {
    List<Cluster> clusters = new ArrayList<>();
    new TreeMap<>(files)
        .forEach((name, paths) -> clusters.add(Cluster.ofLooseFiles(name, archive, paths)));
    return new Snapshot(
        archive, SnapshotJson.absentManifest(collectedAt), false, List.of(), clusters);
  }

  private static List<Cluster> clusters(ArchiveReader archive) throws IOException {
    Map<String, TreeSet<String>> paths = new TreeMap<>();
    var loose = new TreeSet<String>();
    for (var path : archive.paths()) {
      var cluster = Layout.clusterOf(path);
      if (cluster.isPresent()) {
        paths.computeIfAbsent(cluster.get(), _ -> new TreeSet<>()).add(path);
      } else if (Layout.isDocument(path)
          && !Layout.isOurs(path)
          && Layout.machineOf(path).isEmpty()) {
        loose.add(path);
      }
    }
    List<Cluster> clusters = new ArrayList<>();
    paths.forEach((name, files) -> clusters.add(Cluster.inLayout(name, archive, files)));
    if (clusters.isEmpty() && !loose.isEmpty()) {
      clusters.add(Cluster.ofLooseFiles(LOOSE, archive, loose));
    }
    return clusters;
  }

  public ArchiveReader archive() {
    return archive;
  }

  public Manifest manifest() {
    return manifest;
  }

  /// The time that every check reckons with.
  public Instant collectedAt() {
    return manifest.started();
  }

  /// Whether the archive says what was planned and what came of it. Without that, what is not in it
  /// was perhaps never asked for.
  public boolean isRecorded() {
    return recorded;
  }

  /// Why anything that is not in the archive may have been in it once: it was cut off, or repaired
  /// after that. What it lacks is then unseen, not absent.
  public Optional<String> lost() {
    return archive.isComplete()
        ? Optional.ofNullable(manifest.lost())
        : Optional.of("cut off: what it lacks may have been in its lost part");
  }

  /// Every planned item with its outcome.
  public List<CollectedItem> items() {
    return items;
  }

  /// The clusters, sorted by name.
  public List<Cluster> clusters() {
    return clusters;
  }

  /// The virtual machines that were collected from, sorted by name.
  public List<Machine> machines() {
    return archive.paths().stream()
        .flatMap(path -> Layout.machineOf(path).stream())
        .distinct()
        .sorted()
        .map(name -> new Machine(name, archive))
        .toList();
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
