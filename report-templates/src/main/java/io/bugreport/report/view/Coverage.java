package io.bugreport.report.view;

import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Manifest.Leak;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a snapshot shows of the mesh, and what it does not.
///
/// @param planned how many items were planned
/// @param missing how many of them are missing or cut
/// @param redacted how many values redaction replaced
/// @param segments the bar, from whole to missing
/// @param warnings what a reader must know before trusting anything below
/// @param gaps every item that is missing, by reason
/// @param sources how each source fared
/// @param redactions what each rule replaced
public record Coverage(
    long planned,
    long missing,
    long redacted,
    List<Segment> segments,
    List<String> warnings,
    Table gaps,
    Table sources,
    Table redactions) {
  private static final int BAR = 1000;
  private static final int LEAST = 8;
  private static final int EXAMPLES = 3;

  /// A part of the bar.
  ///
  /// @param x where it begins, in thousandths
  /// @param width in thousandths; what exists is never too thin to be seen
  public record Segment(String outcome, String word, Tone tone, long count, int x, int width) {
    public String number() {
      return Wording.number(count);
    }
  }

  private record Cause(Outcome outcome, String source, String reason) {}

  public Coverage {
    segments = List.copyOf(segments);
    warnings = List.copyOf(warnings);
  }

  /// The bar in words.
  public String label() {
    return String.join(", ", segments.stream().map(s -> s.number() + " " + s.word()).toList());
  }

  public String redactedNumber() {
    return Wording.number(redacted);
  }

  public static Coverage of(Snapshot snapshot) {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    for (var item : snapshot.items()) {
      outcomes.merge(item.outcome(), 1L, Long::sum);
    }
    var manifest = snapshot.manifest();
    var missing =
        outcomes.entrySet().stream()
            .filter(entry -> entry.getKey().isGap())
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new Coverage(
        snapshot.items().size(),
        missing,
        manifest.redactions().values().stream().mapToLong(Long::longValue).sum(),
        segments(outcomes, snapshot.items().size()),
        warnings(snapshot),
        gaps(snapshot),
        sources(snapshot),
        redactions(snapshot));
  }

  private static List<String> warnings(Snapshot snapshot) {
    List<String> warnings = new ArrayList<>();
    var leaks = snapshot.manifest().leaks();
    if (leaks != null && !leaks.isEmpty()) {
      warnings.add(leaks(leaks));
    }
    var much = snapshot.manifest().muchRedacted();
    if (much != null && !much.isEmpty()) {
      warnings.add(muchRedacted(much));
    }
    var interrupted = snapshot.manifest().interrupted();
    if (interrupted != null) {
      warnings.add("Collection ended early: " + interrupted);
    }
    var leftOut = snapshot.manifest().leftOut();
    if (leftOut != null) {
      warnings.add(leftOut.sentence());
    }
    if (!snapshot.isRecorded()) {
      warnings.add(
          "This archive has no record of its collection: what is not in it was perhaps never asked"
              + " for.");
    } else if (snapshot.items().isEmpty()) {
      warnings.add("Nothing was planned, so nothing was collected.");
    }
    return warnings;
  }

  /// The first place alone; `redact --scan` lists all.
  private static String leaks(List<Leak> leaks) {
    var first = leaks.getFirst();
    return Wording.count(leaks.size(), "place")
        + " in this archive may still be a secret, the first a "
        + first.detector()
        + " at "
        + first.path()
        + ":"
        + first.line()
        + ". Look before you attach it: bug-report redact --scan ARCHIVE";
  }

  /// The file of the largest share alone; the manifest lists all.
  private static String muchRedacted(Map<String, Integer> files) {
    var worst = Collections.max(files.entrySet(), Map.Entry.comparingByValue());
    return "Redaction replaced much of "
        + Wording.count(files.size(), "file")
        + ", up to "
        + worst.getValue()
        + " % of "
        + worst.getKey()
        + ": evidence may be gone with the secrets.";
  }

  private static List<Segment> segments(Map<Outcome, Long> outcomes, long planned) {
    List<Segment> segments = new ArrayList<>();
    var thin =
        outcomes.values().stream().filter(count -> count * BAR < (long) LEAST * planned).count();
    var room = BAR - thin * LEAST;
    var wide =
        outcomes.values().stream()
            .filter(count -> count * BAR >= (long) LEAST * planned)
            .mapToLong(Long::longValue)
            .sum();
    var x = 0;
    for (var entry : outcomes.entrySet()) {
      var count = entry.getValue();
      var width = count * BAR < (long) LEAST * planned ? LEAST : (int) (count * room / wide);
      segments.add(
          new Segment(
              entry.getKey().word(),
              word(entry.getKey()),
              Tone.of(entry.getKey()),
              count,
              x,
              width));
      x += width;
    }
    return segments;
  }

  /// An outcome as people say it.
  static String word(Outcome outcome) {
    return switch (outcome) {
      case OK -> "collected";
      case EMPTY -> "empty";
      case NOT_FOUND -> "not there";
      case FORBIDDEN -> "forbidden";
      case TIMEOUT -> "timed out";
      case TRUNCATED -> "truncated";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
    };
  }

  private static Table gaps(Snapshot snapshot) {
    var byCause =
        new TreeMap<Cause, List<String>>(
            Comparator.comparing(Cause::outcome)
                .thenComparing(Cause::source)
                .thenComparing(Cause::reason));
    snapshot.items().stream()
        .filter(item -> item.outcome().isGap())
        .forEach(
            item -> byCause.computeIfAbsent(cause(item), _ -> new ArrayList<>()).add(item.id()));
    List<Row> rows = new ArrayList<>();
    byCause.forEach(
        (cause, ids) ->
            rows.add(
                new Row(
                    "",
                    List.of(
                        Cell.marked(word(cause.outcome()), Tone.of(cause.outcome())),
                        Cell.of(cause.source()),
                        Cell.number(ids.size()),
                        Cell.of(cause.reason()),
                        Cell.name(examples(ids))))));
    return new Table(
        "missing",
        "What is missing, and why",
        List.of(
            Column.text("Outcome"),
            Column.text("Source"),
            Column.number("Items"),
            Column.text("Reason"),
            Column.text("Such as")),
        rows,
        List.of(),
        snapshot.isRecorded() ? "Everything that was planned was answered." : "Not recorded.");
  }

  private static Cause cause(CollectedItem item) {
    var reason = item.reason();
    return new Cause(item.outcome(), item.source(), reason == null ? "" : reason);
  }

  private static String examples(List<String> ids) {
    var shown = String.join("\n", ids.stream().limit(EXAMPLES).toList());
    return ids.size() <= EXAMPLES ? shown : shown + "\n…";
  }

  private static Table sources(Snapshot snapshot) {
    var bySource = new TreeMap<String, Map<Outcome, Long>>();
    var bytes = new TreeMap<String, Long>();
    for (var item : snapshot.items()) {
      bySource
          .computeIfAbsent(item.source(), _ -> new EnumMap<>(Outcome.class))
          .merge(item.outcome(), 1L, Long::sum);
      bytes.merge(item.source(), item.bytes(), Long::sum);
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("Source")));
    for (var outcome : Outcome.values()) {
      columns.add(Column.number(word(outcome)));
    }
    columns.add(Column.number("received"));
    List<Row> rows = new ArrayList<>();
    bySource.forEach(
        (source, outcomes) -> {
          List<Cell> cells = new ArrayList<>(List.of(Cell.name(source)));
          for (var outcome : Outcome.values()) {
            var count = outcomes.getOrDefault(outcome, 0L);
            var cell = Cell.number(count);
            cells.add(outcome.isGap() && count > 0 ? cell.toned(Tone.of(outcome)) : cell);
          }
          cells.add(Cell.bytes(bytes.getOrDefault(source, 0L)));
          rows.add(new Row("", cells));
        });
    return new Table(
        "sources", "Items by source", columns, rows, List.of(), "No items are recorded.");
  }

  private static Table redactions(Snapshot snapshot) {
    List<Row> rows = new ArrayList<>();
    snapshot
        .manifest()
        .redactions()
        .forEach(
            (rule, count) -> rows.add(new Row("", List.of(Cell.name(rule), Cell.number(count)))));
    return new Table(
        "redactions",
        "Values replaced before they were written",
        List.of(Column.text("Rule"), Column.number("Values")),
        rows,
        List.of(),
        "The manifest records no redaction.");
  }
}
