package io.bugreport.model.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `manifest.json`: how a snapshot came to be, and what it lacks.
///
/// @param layout the version of the archive's layout
/// @param tool name and version of what wrote it
/// @param arguments the command line, values of secrets left out
/// @param started when collection began, UTC; the time that every check reckons with
/// @param finished when collection ended, UTC
/// @param logsSince start of the window of logs, null where all were asked for
/// @param clusters what was collected from, sorted by name
/// @param outcomes how many items had each outcome
/// @param bytes bytes received, before redaction and compression
/// @param redactions how many values each rule replaced
/// @param phases milliseconds that each phase took
/// @param interrupted why the run ended before its plan was done; null where it was done
/// @param lost why what is not in the archive may have been in it once, or may never have been
///   asked for; null where the archive is whole
/// @param leaks what still looks like a secret, for other detectors than those of redaction; empty
///   where they saw nothing, null where they did not look
/// @param muchRedacted files of which much was replaced, with the share of their bytes in percent;
///   null where there are none
/// @param leftOut what was left out so that the archive is no larger than asked for; null where
///   nothing was
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    int layout,
    String tool,
    List<String> arguments,
    Instant started,
    Instant finished,
    @Nullable Instant logsSince,
    List<ClusterEntry> clusters,
    SequencedMap<String, Long> outcomes,
    long bytes,
    SequencedMap<String, Long> redactions,
    SequencedMap<String, Long> phases,
    @Nullable String interrupted,
    @Nullable String lost,
    @Nullable List<Leak> leaks,
    @Nullable SequencedMap<String, Integer> muchRedacted,
    @Nullable LeftOut leftOut) {

  /// A place that looks like a secret. Never the value.
  ///
  /// @param detector what it looks like, such as `private key`
  /// @param path the entry that it is in
  /// @param line the line that it begins in, from 1
  public record Leak(String detector, String path, long line) {}

  /// A cluster of the snapshot.
  ///
  /// @param name its name in the archive
  /// @param context the kubeconfig context it was reached by
  /// @param server the API server's version, such as `v1.33.1`; null where it did not say
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ClusterEntry(String name, String context, @Nullable String server) {}

  /// The manifest of an archive that is whole.
  public Manifest(
      int layout,
      String tool,
      List<String> arguments,
      Instant started,
      Instant finished,
      @Nullable Instant logsSince,
      List<ClusterEntry> clusters,
      SequencedMap<String, Long> outcomes,
      long bytes,
      SequencedMap<String, Long> redactions,
      SequencedMap<String, Long> phases,
      @Nullable String interrupted) {
    this(
        layout,
        tool,
        arguments,
        started,
        finished,
        logsSince,
        clusters,
        outcomes,
        bytes,
        redactions,
        phases,
        interrupted,
        null,
        null,
        null,
        null);
  }

  /// The same, of an archive that something was left out of.
  ///
  /// @param counts how many items have each outcome now
  public Manifest withLeftOut(LeftOut what, SequencedMap<String, Long> counts) {
    return with(counts, redactions, lost, leaks, muchRedacted, what);
  }

  /// The same, with other counts of what was redacted.
  public Manifest withRedactions(SequencedMap<String, Long> counts) {
    return with(outcomes, counts, lost, leaks, muchRedacted, leftOut);
  }

  /// The same, of an archive that lost something.
  public Manifest withLost(@Nullable String reason) {
    return with(outcomes, redactions, reason == null ? lost : reason, leaks, muchRedacted, leftOut);
  }

  /// The same, with what a scan for leaks saw.
  public Manifest withLeaks(List<Leak> seen) {
    return with(outcomes, redactions, lost, seen, muchRedacted, leftOut);
  }

  /// The same, with the files of which much was replaced.
  public Manifest withMuchRedacted(SequencedMap<String, Integer> files) {
    return with(outcomes, redactions, lost, leaks, files.isEmpty() ? null : files, leftOut);
  }

  private Manifest with(
      SequencedMap<String, Long> newOutcomes,
      SequencedMap<String, Long> newRedactions,
      @Nullable String newLost,
      @Nullable List<Leak> newLeaks,
      @Nullable SequencedMap<String, Integer> newMuchRedacted,
      @Nullable LeftOut newLeftOut) {
    return new Manifest(
        layout,
        tool,
        arguments,
        started,
        finished,
        logsSince,
        clusters,
        newOutcomes,
        bytes,
        newRedactions,
        phases,
        interrupted,
        newLost,
        newLeaks,
        newMuchRedacted,
        newLeftOut);
  }

  public Manifest {
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(finished, "finished");
    arguments = List.copyOf(arguments);
    clusters = List.copyOf(clusters);
    outcomes = new TreeMap<>(outcomes);
    redactions = new TreeMap<>(redactions);
    leaks = leaks == null ? null : List.copyOf(leaks);
    muchRedacted = muchRedacted == null ? null : new TreeMap<>(muchRedacted);
    phases = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(phases));
  }
}
