package io.bugreport.report.timeline;

import java.time.Instant;
import java.util.Comparator;

/// Something that happened, or will.
///
/// @param object what it happened to, such as `Pod bookinfo/reviews-v1`
/// @param what in a few words
/// @param count how often it happened at about this time
/// @param bad whether it is marked as trouble
public record Moment(
    Instant time,
    Lane lane,
    String cluster,
    String namespace,
    String object,
    String what,
    long count,
    boolean bad) {
  /// The newest first.
  static final Comparator<Moment> ORDER =
      Comparator.comparing(Moment::time)
          .reversed()
          .thenComparing(Moment::lane)
          .thenComparing(Moment::cluster)
          .thenComparing(Moment::object)
          .thenComparing(Moment::what);
}
