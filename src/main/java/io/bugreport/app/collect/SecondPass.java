package io.bugreport.app.collect;

import io.bugreport.collector.leak.LeakWatch;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.Manifest;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.SnapshotJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Copies an archive through the redaction of this version. What the copy says of redactions are
/// those of the first pass and of this one together.
public final class SecondPass {
  private final ArchiveReader archive;
  private final Path source;
  private final Redactor redactor;
  private final LeakWatch watch;

  /// @param source where the archive lies
  public SecondPass(ArchiveReader archive, Path source, Redactor redactor) {
    this.redactor = redactor;
    this.watch = new LeakWatch(redactor);
    this.archive = archive;
    this.source = source.toAbsolutePath().normalize();
  }

  /// The folder that the archive lies in.
  public Path folder() {
    var parent = source.getParent();
    return parent == null ? source : parent;
  }

  /// What each rule found, once the copy is written.
  public SequencedMap<String, Long> counts() {
    return redactor.counts();
  }

  /// Writes the copy.
  ///
  /// @return where it is
  /// @throws java.nio.file.FileAlreadyExistsException when there is one already
  public Path write(Path folder) throws IOException {
    var format = Files.isDirectory(source) ? ArchiveFormat.DIRECTORY : ArchiveFormat.TAR_GZ;
    var root = root() + "-redacted";
    var target = folder.resolve(root + format.suffix());
    var snapshot = Snapshot.of(archive, Instant.EPOCH);
    var time = snapshot.collectedAt();
    try (var writer = ArchiveWriter.create(target, root, format, time, watch)) {
      for (var path : archive.paths()) {
        if (!path.equals(Layout.REDACTIONS) && !path.equals(Layout.MANIFEST)) {
          try (var in = archive.open(path);
              var out = writer.open(path)) {
            in.transferTo(out);
          }
        }
      }
      writer.write(Layout.REDACTIONS, redactor.report(earlier()));
      if (archive.has(Layout.MANIFEST)) {
        writer.write(Layout.MANIFEST, SnapshotJson.text(manifest(snapshot.manifest())));
      }
    }
    return target;
  }

  /// Lets everything pass the redactor and writes nothing.
  public void tryOut() throws IOException {
    for (var path : archive.paths()) {
      if (!path.equals(Layout.REDACTIONS) && !path.equals(Layout.MANIFEST)) {
        try (var in = archive.open(path);
            var out = redactor.redact(path, OutputStream.nullOutputStream())) {
          in.transferTo(out);
        }
      }
    }
  }

  private String root() {
    var name = String.valueOf(source.getFileName());
    return name.replaceFirst("(\\.tar\\.gz|\\.tgz)$", "");
  }

  private String earlier() throws IOException {
    if (!archive.has(Layout.REDACTIONS)) {
      return "";
    }
    try (var in = archive.open(Layout.REDACTIONS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Manifest manifest(Manifest first) {
    var counts = new TreeMap<>(first.redactions());
    redactor.counts().forEach((rule, count) -> counts.merge(rule, count, Long::sum));
    return first
        .withRedactions(counts)
        .withLeaks(watch.leaks())
        .withMuchRedacted(redactor.muchRedacted());
  }
}
