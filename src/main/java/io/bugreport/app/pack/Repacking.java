package io.bugreport.app.pack;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.archive.SignedChecksums;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Importance;
import io.bugreport.model.snapshot.LeftOut;
import io.bugreport.model.snapshot.Selection;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.SnapshotJson;
import io.bugreport.report.PageOptions;
import io.bugreport.report.Report;
import io.bugreport.report.view.ReportContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writes an archive anew from a snapshot. Where it would be too large, it keeps what is most
/// important, and says in manifest, items and report what it left out.
///
/// @param snapshot what is written; it was redacted when it was written first
/// @param diagnosis what the checks conclude of it, all of it being there
/// @param version of this program
public record Repacking(
    Snapshot snapshot, Diagnosis diagnosis, CheckCatalogue catalogue, String version) {
  /// Each attempt comes closer; after so many there is nothing to be gained.
  private static final int ATTEMPTS = 6;

  private static final String UNFINISHED = ".unfinished";

  /// What is made anew when something is left out.
  private static final Set<String> ABOUT_ALL =
      Set.of(
          Layout.MANIFEST,
          Layout.COLLECTION,
          Layout.REPORT,
          Layout.FINDINGS,
          Layout.SARIF,
          Layout.TICKET);

  /// Writes the archive.
  ///
  /// @param target must not exist
  /// @param root the folder in it
  /// @return what was left out; empty where nothing was
  /// @throws ArchiveException when not even the report alone is small enough
  public Optional<LeftOut> write(Path target, String root, Packing packing) throws IOException {
    if (!snapshot.archive().isComplete()) {
      throw new ArchiveException(
          snapshot.archive().name() + " was cut off; save what is there first: bug-report repair");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    var all = new Selection(candidates(), new TreeMap<>());
    if (!packing.isLimited()) {
      write(target, root, packing, all, null);
      return Optional.empty();
    }
    var part = target.resolveSibling(target.getFileName() + UNFINISHED);
    try {
      return fitted(part, target, root, packing, all);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Optional<LeftOut> fitted(
      Path part, Path target, String root, Packing packing, Selection all) throws IOException {
    var sizes = PackedSizes.of(snapshot.archive());
    var order = order(sizes);
    var limit = packing.limit();
    Optional<LeftOut> best = Optional.empty();
    var found = false;
    var budget = sum(all.kept(), sizes);
    var selection = all;
    if (packing.format() == ArchiveFormat.TAR_GZ && budget > limit + limit / 10) {
      // It cannot fit as it is, so that is not tried.
      budget = limit - limit / 20;
      selection = select(order, sizes, budget);
    }
    for (var attempt = 0; attempt < ATTEMPTS || !found; attempt++) {
      if (attempt >= ATTEMPTS) {
        selection = select(order, sizes, 0); // nothing but what is about the whole
      }
      var leftOut = selection.leftOut().isEmpty() ? null : selection.summary(limit, sizes.plain());
      Files.deleteIfExists(part);
      write(part, root, packing, selection, leftOut);
      var size = Files.size(part);
      if (size <= limit) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        found = true;
        best = Optional.ofNullable(leftOut);
        if (leftOut == null || limit - size <= limit / 50) {
          break;
        }
        budget += (limit - size) * 9 / 10;
      } else if (selection.kept().stream().allMatch(Repacking::isAboutTheWhole)) {
        throw new ArchiveException(
            "the report and what belongs to it take "
                + size
                + " bytes, more than --max-size allows; give at least that");
      } else {
        budget = Math.min(budget, sum(selection.kept(), sizes)) - (size - limit) - limit / 100;
      }
      var next = select(order, sizes, budget);
      if (found && next.kept().equals(selection.kept())) {
        break;
      }
      selection = next;
    }
    return best;
  }

  /// Whether a file is about the whole archive: it is never left out.
  private static boolean isAboutTheWhole(String path) {
    return Layout.isOurs(path);
  }

  /// Everything but what an archive gets when it is closed.
  private Set<String> candidates() {
    var paths = new TreeSet<>(snapshot.archive().paths());
    paths.removeIf(path -> SignedChecksums.isSignature(path) || path.equals(Layout.INDEX));
    return paths;
  }

  private static long sum(Set<String> paths, PackedSizes sizes) {
    return paths.stream().mapToLong(path -> sizes.packed().getOrDefault(path, 0L)).sum();
  }

  private record Candidate(String path, Importance importance, long size) {}

  /// The most important first; of equal ones the smaller, so that more of them are kept.
  private List<Candidate> order(PackedSizes sizes) {
    Set<String> evidence = new HashSet<>();
    for (var finding : diagnosis.findings()) {
      finding.evidence().stream().map(Evidence::path).forEach(evidence::add);
    }
    Set<String> broken = new HashSet<>();
    for (var item : snapshot.items()) {
      var path = item.path();
      if (item.outcome().isGap() && path != null) {
        broken.add(path);
      }
    }
    return candidates().stream()
        .filter(path -> !isAboutTheWhole(path))
        .map(
            path ->
                new Candidate(
                    path,
                    Importance.of(path, evidence, broken),
                    sizes.packed().getOrDefault(path, 0L)))
        .sorted(
            Comparator.comparing(Candidate::importance)
                .thenComparingLong(Candidate::size)
                .thenComparing(Candidate::path))
        .toList();
  }

  private Selection select(List<Candidate> order, PackedSizes sizes, long budget) {
    var kept = new TreeSet<>(candidates());
    kept.removeIf(path -> !isAboutTheWhole(path));
    var left = budget - sum(kept, sizes);
    var leftOut = new TreeMap<String, Importance>();
    for (var candidate : order) {
      if (candidate.size <= left) {
        left -= candidate.size;
        kept.add(candidate.path);
      } else {
        leftOut.put(candidate.path, candidate.importance);
      }
    }
    return new Selection(kept, leftOut);
  }

  private void write(
      Path target, String root, Packing packing, Selection selection, @Nullable LeftOut leftOut)
      throws IOException {
    var archive = snapshot.archive();
    try (var writer =
        ArchiveWriter.create(
            target,
            root,
            packing.format(),
            archive.time().orElse(snapshot.collectedAt()),
            Redaction.none(),
            packing.recipients())) {
      for (var path : selection.kept()) {
        if (leftOut == null || !ABOUT_ALL.contains(path)) {
          copy(archive, path, writer);
        }
      }
      if (leftOut != null) {
        tell(writer, root, packing, selection, leftOut);
      } else if (!archive.has(Layout.MANIFEST)) {
        describe(writer);
      }
      var key = packing.key();
      if (key != null) {
        SignedChecksums.sign(writer, key, "bug-report " + version + " " + root);
      }
    }
  }

  private static void copy(ArchiveReader archive, String path, ArchiveWriter writer)
      throws IOException {
    try (var in = archive.open(path);
        var out = writer.open(path)) {
      in.transferTo(out);
    }
  }

  /// What another tool's archive does not say of itself.
  private void describe(ArchiveWriter writer) throws IOException {
    if (snapshot.isRecorded() && !snapshot.archive().has(Layout.COLLECTION)) {
      items(writer, snapshot.items());
    }
    if (snapshot.isRecorded()) {
      writer.write(Layout.MANIFEST, SnapshotJson.text(snapshot.manifest()));
    }
  }

  /// What was left out is missing from now on, and everything about the whole says so.
  private void tell(
      ArchiveWriter writer, String root, Packing packing, Selection selection, LeftOut leftOut)
      throws IOException {
    var items = selection.items(snapshot.items(), leftOut.reason());
    var outcomes = new TreeMap<String, Long>();
    items.forEach(item -> outcomes.merge(item.outcome().word(), 1L, Long::sum));
    var manifest = snapshot.manifest().withLeftOut(leftOut, outcomes);
    if (snapshot.isRecorded()) {
      items(writer, items);
    } else {
      // Without items nothing else tells a check that a file is gone, and not absent.
      manifest = manifest.withLost(leftOut.reason());
    }
    var report =
        Report.of(
            snapshot.saying(manifest, items),
            diagnosis,
            catalogue,
            new ReportContext(root + packing.suffix(), version));
    var page = Math.clamp(packing.limit(), PageOptions.LEAST_BYTES, PageOptions.STANDARD_BYTES);
    write(writer, Layout.REPORT, out -> report.html(out, new PageOptions(page, null)));
    write(writer, Layout.FINDINGS, report::findingsJson);
    write(writer, Layout.SARIF, report::sarif);
    write(writer, Layout.TICKET, report::markdown);
    writer.write(Layout.MANIFEST, SnapshotJson.text(manifest));
  }

  private static void items(ArchiveWriter writer, List<CollectedItem> items) throws IOException {
    try (var out = writer.open(Layout.COLLECTION)) {
      for (var item : items) {
        out.write((SnapshotJson.line(item) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /// One form of the report.
  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static void write(ArchiveWriter archive, String path, Writing writing)
      throws IOException {
    try (var out = archive.open(path)) {
      writing.to(out);
    }
  }
}
