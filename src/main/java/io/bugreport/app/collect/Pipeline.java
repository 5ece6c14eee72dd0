package io.bugreport.app.collect;

import io.bugreport.app.pack.Repacking;
import io.bugreport.collector.ClusterTarget;
import io.bugreport.collector.Collection;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.CollectionSummary;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.leak.LeakWatch;
import io.bugreport.collector.machine.Machines;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.AsideFile;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.PrivateFiles;
import io.bugreport.model.archive.SignedChecksums;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.LeftOut;
import io.bugreport.model.snapshot.Manifest;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.SnapshotJson;
import io.bugreport.report.Report;
import io.bugreport.report.view.ReportContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The whole way from clusters to an archive that holds its own report: collect, check, write.
public final class Pipeline {

  /// What to do.
  ///
  /// @param targets the clusters
  /// @param machines the virtual machines
  /// @param destination where the archive goes
  /// @param version the version of this program, for manifest and report
  /// @param arguments the command line, for the manifest
  /// @param colour whether the summary for the terminal may have colours
  public record Request(
      List<ClusterTarget> targets,
      Machines machines,
      CollectionOptions options,
      Destination destination,
      String version,
      List<String> arguments,
      boolean colour) {
    public Request {
      targets = List.copyOf(targets);
      arguments = List.copyOf(arguments);
    }

    /// An archive of clusters alone, under a name of its own.
    ///
    /// @param folder where it is made
    public Request(
        List<ClusterTarget> targets,
        CollectionOptions options,
        Path folder,
        ArchiveFormat format,
        String version,
        List<String> arguments,
        boolean colour) {
      this(
          targets,
          Machines.none(),
          options,
          new Destination(folder, null, format, false),
          version,
          arguments,
          colour);
    }
  }

  private static final int WIDTH = 120;

  private final Request request;
  private final CheckCatalogue catalogue;
  private final Progress progress;
  private final InstantSource clock;
  private final Redactor redactor;
  private final Instant started;
  private final String name;
  private final SequencedMap<String, Long> phases = new LinkedHashMap<>();
  private volatile @Nullable Collection collection;
  private volatile @Nullable String cancelled;

  /// With this program's own rules of redaction.
  public Pipeline(
      Request request, CheckCatalogue catalogue, Progress progress, InstantSource clock) {
    this(request, catalogue, progress, clock, new Redactor());
  }

  /// @param redactor what everything passes on its way to the disk
  public Pipeline(
      Request request,
      CheckCatalogue catalogue,
      Progress progress,
      InstantSource clock,
      Redactor redactor) {
    this.redactor = redactor;
    this.request = request;
    this.catalogue = catalogue;
    this.progress = progress;
    this.clock = clock;
    this.started = clock.instant();
    this.name = redactor.name(ArchiveName.of(request.targets(), request.machines(), started));
  }

  /// Ends the collection early. What was collected becomes an archive all the same.
  ///
  /// @param why for the manifest
  public void cancel(String why) {
    cancelled = why;
    var running = collection;
    if (running != null) {
      running.cancel(why);
    }
  }

  /// Runs to the end.
  ///
  /// @throws IOException when the archive itself cannot be written
  public Result run() throws IOException {
    var destination = request.destination();
    var target = destination.archive(name);
    var packing = destination.packing();
    if (packing.recipients().isEmpty()) {
      destination.clear(destination.page(name));
    }
    destination.clear(target);
    if (!packing.isLimited()) {
      return collect(target, null);
    }
    try (var aside = AsideFile.of(target)) {
      var result = collect(target, aside.path());
      if (result.leftOut() != null) {
        Files.move(aside.path(), target, StandardCopyOption.REPLACE_EXISTING);
      }
      return result;
    }
  }

  /// @param fitted where a smaller archive goes, if this one is too large; null where it may have
  ///   any size
  private Result collect(Path target, @Nullable Path fitted) throws IOException {
    var packing = request.destination().packing();
    var watch = new LeakWatch(redactor);
    try (var archive =
        ArchiveWriter.create(
            target, name, packing.format(), started, watch, packing.recipients())) {
      var running =
          new Collection(
              request.targets(), request.machines(), request.options(), archive, progress);
      collection = running;
      var early = cancelled;
      if (early != null) {
        running.cancel(early);
      }
      var summary = running.run();
      phases.putAll(summary.phases());
      archive.write(Layout.REDACTIONS, redactor.report());
      archive.write(Layout.README, ReadMe.text(name));
      return conclude(archive, summary, watch, fitted);
    }
  }

  private Result conclude(
      ArchiveWriter archive, CollectionSummary summary, LeakWatch watch, @Nullable Path fitted)
      throws IOException {
    try (var snapshot = Snapshot.of(archive.written(), manifest(summary, watch))) {
      var checking = clock.millis();
      var diagnosis = new CheckRunner(snapshot).run(catalogue);
      phases.put("check", clock.millis() - checking);
      var reporting = clock.millis();
      var report =
          Report.of(
              snapshot,
              diagnosis,
              catalogue,
              new ReportContext(String.valueOf(archive.target().getFileName()), request.version()));
      write(archive, Layout.REPORT, report::html);
      write(archive, Layout.FINDINGS, report::findingsJson);
      write(archive, Layout.SARIF, report::sarif);
      write(archive, Layout.TICKET, report::markdown);
      phases.put("report", clock.millis() - reporting);
      archive.write(Layout.MANIFEST, SnapshotJson.text(manifest(summary, watch)));
      var packing = request.destination().packing();
      var leftOut = fitted == null ? null : fit(archive, diagnosis, fitted);
      if (leftOut == null && packing.key() != null) {
        SignedChecksums.sign(
            archive, packing.key(), "bug-report " + request.version() + " " + name);
      }
      return new Result(
          archive.target(),
          packing.recipients().isEmpty() ? page(archive) : null,
          summary,
          diagnosis,
          watch.leaks(),
          leftOut,
          report.console(request.colour(), WIDTH));
    }
  }

  /// Writes a smaller archive where this one is too large.
  private @Nullable LeftOut fit(ArchiveWriter archive, Diagnosis diagnosis, Path fitted)
      throws IOException {
    try (var whole = Snapshot.of(archive.written(), started)) {
      var repacking = new Repacking(whole, diagnosis, catalogue, request.version());
      return repacking.write(fitted, name, request.destination().packing()).orElse(null);
    }
  }

  private Path page(ArchiveWriter archive) throws IOException {
    var beside = request.destination().page(name);
    try (var written = archive.written();
        var page = written.open(Layout.REPORT)) {
      PrivateFiles.copy(page, beside);
    }
    return beside;
  }

  private static void write(ArchiveWriter archive, String path, Writing writing)
      throws IOException {
    try (var out = archive.open(path)) {
      writing.to(out);
    }
  }

  /// One form of the report.
  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private Manifest manifest(CollectionSummary summary, LeakWatch watch) {
    return new Manifest(
            Layout.VERSION,
            "bug-report " + request.version(),
            request.arguments(),
            started,
            started.plus(Duration.between(summary.started(), summary.finished())),
            request.options().logs().since(),
            summary.clusters(),
            summary.outcomes(),
            summary.bytes(),
            redactor.counts(),
            phases,
            summary.interrupted())
        .withLeaks(watch.leaks())
        .withMuchRedacted(redactor.muchRedacted());
  }
}
