package io.bugreport.analyzers.logs;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogPattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What some lines of a log mean.
///
/// @param code the code to report
/// @param severity how bad it is
/// @param meaning what the lines say, as the beginning of a sentence
/// @param atLeast fewer lines are worth a remark only
/// @param pattern finds them
record Sign(String code, Severity severity, String meaning, int atLeast, LogPattern pattern) {
  private static final int QUOTED = 220;

  /// Lines that hold one of these texts.
  static Sign of(String code, Severity severity, String meaning, String... texts) {
    return new Sign(code, severity, meaning, 1, LogPattern.ofTexts(code + " " + texts[0], texts));
  }

  /// The same, where a few lines are normal.
  Sign repeated() {
    return new Sign(code, severity, meaning, Thresholds.REPEATED_FAILURES, pattern);
  }

  /// Whether a trouble may still be there when the snapshot is taken.
  static boolean isLate(LogHits hits, Instant now) {
    try {
      return hits.last().isEmpty()
          || !Instant.parse(hits.last()).plus(Thresholds.SAID_LATELY).isBefore(now);
    } catch (DateTimeException _) {
      return true; // no time is no reason to keep silent
    }
  }

  /// What the logs show of these signs: one observation for each pod, sign and text.
  static List<Observation> observed(Mesh mesh, List<Sign> signs) {
    List<Observation> observations = new ArrayList<>();
    for (var sign : signs) {
      for (var hits : mesh.hits(sign.pattern())) {
        observations.add(sign.observation(hits, mesh.collectedAt()));
      }
    }
    return observations;
  }

  static List<LogPattern> patterns(List<Sign> signs) {
    return signs.stream().map(Sign::pattern).toList();
  }

  private Observation observation(LogHits hits, Instant now) {
    var observation =
        Observation.of(
                hits.pod(),
                hits.locations().getFirst(),
                "%s (%s): \"%s\".".formatted(meaning, times(hits), quoted(hits.example())))
            .code(code)
            .tie(Ties.topic(topic(), hits.log().cluster()))
            .severity(hits.count() >= atLeast && isLate(hits, now) ? severity : Severity.INFO);
    for (var location : hits.locations().subList(1, hits.locations().size())) {
      observation = observation.and(location);
    }
    return observation;
  }

  private Topic topic() {
    return switch (code) {
      case "CP-01" -> Topic.REJECTION;
      case "CP-14" -> Topic.GATEWAY_CERTIFICATES;
      case "CA-01", "CA-05" -> Topic.SIGNING;
      case "CP-12", "CP-13" -> Topic.WEBHOOKS;
      case "CP-19" -> Topic.KEYS;
      case "MC-12" -> Topic.CLUSTERS;
      default -> Topic.CONTROL_PLANE;
    };
  }

  /// As in `3 lines, the last at 2026-11-24T00:00:00Z`.
  static String times(LogHits hits) {
    return (hits.count() == 1 ? "1 line" : hits.count() + " lines")
        + (hits.last().isEmpty()
            ? ""
            : (hits.count() == 1 ? ", at " : ", the last at ") + hits.last());
  }

  /// The message of a line without its time, level and scope.
  private static String quoted(String line) {
    var parts = line.split("\t", -1);
    var text =
        (parts.length > 2 ? String.join(" ", List.of(parts).subList(2, parts.length)) : line)
            .strip();
    return text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
  }
}
