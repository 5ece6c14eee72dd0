package io.bugreport.app;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/// Manifests that lie anywhere, read like an archive. Their paths are what the user typed, so that
/// messages and findings show what the user knows.
final class LooseFiles implements ArchiveReader {
  static final String STDIN = "-";

  private static final int STDIN_LIMIT = 64 << 20;

  private interface Content {
    long size() throws IOException;

    InputStream open() throws IOException;
  }

  private record OnDisk(Path file) implements Content {
    @Override
    public long size() throws IOException {
      return Files.size(file);
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }
  }

  private static final class InMemory implements Content {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private final TreeMap<String, Content> contents = new TreeMap<>();
  private final Map<String, SequencedSet<String>> clusters = new TreeMap<>();

  /// Adds a file, or all documents of a folder.
  ///
  /// @param cluster the cluster whose objects they are
  /// @param given the path as typed
  void add(String cluster, String given) throws IOException {
    var path = Path.of(given);
    if (Files.isDirectory(path)) {
      var documents = documents(path);
      if (documents.isEmpty()) {
        throw new Failure(
            given + " holds no .yaml, .yml or .json file", "Name a file or another folder.");
      }
      var prefix = given.endsWith("/") ? given : given + "/";
      for (var file : documents) {
        put(
            cluster,
            prefix + path.relativize(file).toString().replace('\\', '/'),
            new OnDisk(file));
      }
    } else if (Files.exists(path)) {
      put(cluster, given, new OnDisk(path));
    } else {
      throw new NoSuchFileException(given);
    }
  }

  /// Adds what standard input holds, under the name `-`.
  void addStdin(String cluster, InputStream in) throws IOException {
    var bytes = in.readNBytes(STDIN_LIMIT + 1);
    if (bytes.length > STDIN_LIMIT) {
      throw new Failure(
          "standard input is longer than " + (STDIN_LIMIT >> 20) + " MiB",
          "Write it to a file and name that file.");
    }
    put(cluster, STDIN, new InMemory(bytes));
  }

  /// Adds a document of our own making.
  void addText(String cluster, String name, byte[] text) {
    put(cluster, name, new InMemory(text));
  }

  private void put(String cluster, String name, Content content) {
    contents.put(name, content);
    clusters.computeIfAbsent(cluster, _ -> new LinkedHashSet<>()).add(name);
  }

  private static List<Path> documents(Path folder) throws IOException {
    try (var walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(file -> Layout.isDocument(file.toString()))
          .filter(file -> !isHidden(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path path) {
    for (var part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /// All of them as a snapshot, which closes them with itself.
  Snapshot snapshot(Instant collectedAt) {
    return Snapshot.ofLooseFiles(this, clusters, collectedAt);
  }

  @Override
  public SequencedSet<String> paths() {
    return Collections.unmodifiableSequencedSet(contents.navigableKeySet());
  }

  @Override
  public long size(String path) throws IOException {
    return existing(path).size();
  }

  @Override
  public InputStream open(String path) throws IOException {
    return existing(path).open();
  }

  private Content existing(String path) throws NoSuchFileException {
    var content = contents.get(path);
    if (content == null) {
      throw new NoSuchFileException(path);
    }
    return content;
  }

  @Override
  public String name() {
    return contents.size() == 1 ? contents.firstKey() : contents.size() + " files";
  }

  @Override
  public void close() {
    // Files are opened for each reading alone.
  }
}
