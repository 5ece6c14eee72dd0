package io.bugreport.report.logs;

import java.util.Comparator;

/// Lines that say the same.
///
/// @param cluster where
/// @param namespace the namespace of what wrote them
/// @param writer the workload's container, such as `istiod/discovery`
/// @param template the line without what differs
/// @param example one of them
/// @param count how many
/// @param first when the first was written, as it says; empty where it does not
/// @param last when the last was
/// @param path the file of the example
public record LogPattern(
    Level level,
    String cluster,
    String namespace,
    String writer,
    String template,
    String example,
    long count,
    String first,
    String last,
    String path) {
  /// Errors first, then what was written most.
  static final Comparator<LogPattern> ORDER =
      Comparator.comparing(LogPattern::level)
          .thenComparing(Comparator.comparingLong(LogPattern::count).reversed())
          .thenComparing(LogPattern::cluster)
          .thenComparing(LogPattern::namespace)
          .thenComparing(LogPattern::writer)
          .thenComparing(LogPattern::template);
}
