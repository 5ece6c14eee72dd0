package io.bugreport.analyzers.declared;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogLine;
import io.bugreport.model.log.LogPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reports every log with enough lines that hold a regular expression. Lines are counted together
/// by what its first group holds, if it has one.
final class DeclaredLogAnalyzer implements LogAnalyzer {
  private final LogPattern lines;
  private final int least;
  private final MessageTemplate message;

  /// @param least how many lines of a log are worth a finding
  DeclaredLogAnalyzer(Pattern pattern, int least, MessageTemplate message) {
    this.lines = new LogPattern("declared", line -> subject(pattern, line));
    this.least = least;
    this.message = message;
  }

  /// Reads an expression. Its time is linear in the line, whatever it says: lines may be long, and
  /// are anybody's.
  ///
  /// @throws IllegalArgumentException when it is none
  static Pattern pattern(String text) {
    try {
      var pattern = Pattern.compile(text);
      if (pattern.matches("")) {
        throw new IllegalArgumentException("it is found in every line");
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
    }
  }

  private static Optional<String> subject(Pattern pattern, LogLine line) {
    var matcher = pattern.matcher(line.text());
    if (!matcher.find()) {
      return Optional.empty();
    }
    var group = pattern.groupCount() == 0 ? "" : matcher.group(1);
    return Optional.of(group == null ? "" : group);
  }

  @Override
  public List<LogPattern> patterns() {
    return List.of(lines);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    List<Observation> observations = new ArrayList<>();
    for (var hits : mesh.hits(lines)) {
      if (hits.count() >= least) {
        var observation =
            Observation.of(hits.pod(), hits.locations().getFirst(), message.of(told(hits)));
        for (var more : hits.locations().subList(1, hits.locations().size())) {
          observation = observation.and(more);
        }
        observations.add(observation);
      }
    }
    return observations;
  }

  /// What a message can say of it.
  private static Map<String, Object> told(LogHits hits) {
    var told = new LinkedHashMap<String, Object>();
    told.put("cluster", hits.log().cluster());
    told.put("namespace", hits.log().namespace());
    told.put("pod", hits.log().pod());
    told.put("container", hits.log().container());
    told.put("group", hits.key());
    told.put("count", hits.count());
    told.put("first", hits.first());
    told.put("last", hits.last());
    told.put("line", hits.example());
    return told;
  }
}
