package io.bugreport.app;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.seal.Identities;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the user named to be looked at: one archive, or loose manifests of one or more clusters.
///
/// @param paths archives, folders, files, and `-` for standard input
/// @param clusters more of those, as `NAME=PATH`
/// @param mesh mesh configuration beside loose files
record SnapshotSource(List<String> paths, List<String> clusters, MeshSettings mesh) {

  boolean isEmpty() {
    return paths.isEmpty() && clusters.isEmpty() && mesh.isEmpty();
  }

  /// Opens it.
  ///
  /// @param identities what opens an encrypted archive
  /// @throws Failure when the paths do not go together, or hold nothing to look at
  Snapshot open(Surroundings surroundings, Identities identities) throws IOException {
    if (paths.isEmpty() && clusters.isEmpty()) {
      throw new Failure(
          "nothing to analyze",
          "Name an archive, a folder or YAML files, - for standard input, or --live for a cluster.");
    }
    for (var path : paths) {
      if (isArchive(path)) {
        return archive(path, surroundings, identities);
      }
    }
    var snapshot = loose(surroundings).snapshot(surroundings.clock().instant());
    // Bad YAML in any file shows here, before a check could take it for a missing object.
    if (countObjects(snapshot) == 0) {
      throw new Failure(
          "none of the Kubernetes objects in "
              + snapshot.archive().name()
              + " is of a kind that checks read",
          "Name files with manifests as kubectl applies them, or an archive.");
    }
    return snapshot;
  }

  private Snapshot archive(String path, Surroundings surroundings, Identities identities)
      throws IOException {
    if (paths.size() + clusters.size() > 1) {
      throw new Failure(
          path + " is an archive, and an archive is analyzed by itself",
          "Leave out the other paths, or run once for each archive.");
    }
    if (!mesh.isEmpty()) {
      throw new Failure(
          path + " is an archive with a mesh configuration of its own",
          "Leave out --mesh-config and --mesh-networks: they go with loose files.");
    }
    return Snapshot.open(Path.of(path), surroundings.clock().instant(), identities);
  }

  private LooseFiles loose(Surroundings surroundings) throws IOException {
    var files = new LooseFiles();
    if (!mesh.isEmpty()) {
      var configMap = mesh.configMap();
      var names =
          Stream.concat(
              paths.isEmpty() ? Stream.of() : Stream.of(Snapshot.LOOSE),
              clusters.stream().map(SnapshotSource::clusterOf));
      // First, so that it wins over a ConfigMap in the files.
      names.forEach(cluster -> files.addText(cluster, mesh.name(), configMap));
    }
    for (var path : paths) {
      if (path.equals(LooseFiles.STDIN)) {
        files.addStdin(Snapshot.LOOSE, surroundings.in());
      } else {
        files.add(Snapshot.LOOSE, path);
      }
    }
    for (var cluster : clusters) {
      var path = cluster.substring(cluster.indexOf('=') + 1);
      if (isArchive(path)) {
        throw new Failure(
            path + " is an archive, which names its clusters itself",
            "Run: bug-report analyze " + path);
      }
      files.add(clusterOf(cluster), path);
    }
    return files;
  }

  private static String clusterOf(String option) {
    var equals = option.indexOf('=');
    if (equals < 1 || equals == option.length() - 1) {
      throw new Failure(
          "--cluster " + option + " is not NAME=PATH", "For example: --cluster west=west.yaml");
    }
    return option.substring(0, equals);
  }

  private static boolean isArchive(String given) throws IOException {
    var path = Path.of(given);
    if (given.equals(LooseFiles.STDIN) || !Files.exists(path)) {
      return false;
    }
    if (Files.isDirectory(path)) {
      return Files.exists(path.resolve(Layout.MANIFEST)) || Snapshot.isArchive(path);
    }
    if (!Files.isRegularFile(path)) {
      return false; // a pipe can be read only once
    }
    return ArchiveReader.isArchive(path);
  }

  private static long countObjects(Snapshot snapshot) throws IOException {
    var count = 0L;
    for (var cluster : snapshot.clusters()) {
      for (var kind : ResourceKind.values()) {
        count += cluster.all(kind).size();
      }
    }
    return count;
  }
}
