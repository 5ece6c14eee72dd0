package io.bugreport.app.serve.api;

import io.bugreport.model.archive.Layout.Run;
import java.time.Instant;
import java.util.Optional;

/// What of a log is asked for.
///
/// @param since lines from this time on
/// @param tail at most so many lines, the last ones; negative for all
/// @param limit at most so many bytes, the first ones of what is left; negative for all
/// @param timestamps whether lines keep the time at their beginning
/// @param follow whether the connection stays open afterwards
record LogOptions(
    Run run, Optional<Instant> since, long tail, long limit, boolean timestamps, boolean follow) {

  /// Reads them from a query.
  ///
  /// @param now the time that `sinceSeconds` counts back from: the snapshot's
  static LogOptions of(Query query, Instant now) throws ApiError {
    var since = Optional.<Instant>empty();
    if (query.has("sinceTime")) {
      since = Ages.parse(query.get("sinceTime"));
      if (since.isEmpty()) {
        throw ApiError.badRequest("sinceTime is not a time: " + query.get("sinceTime"));
      }
    } else if (query.has("sinceSeconds")) {
      since = Optional.of(now.minusSeconds(query.number("sinceSeconds", 1)));
    }
    return new LogOptions(
        query.flag("previous") ? Run.PREVIOUS : Run.CURRENT,
        since,
        query.number("tailLines", -1),
        query.number("limitBytes", -1),
        query.flag("timestamps"),
        query.flag("follow"));
  }
}
