package io.bugreport.report.timeline;

import io.bugreport.model.resource.Resource;
import java.util.List;

/// When an event was last seen: older and newer APIs say so in different places.
public final class EventTime {
  private static final List<String> PATHS =
      List.of(
          "lastTimestamp", "series.lastObservedTime", "eventTime", "metadata.creationTimestamp");

  private EventTime() {}

  /// The time as the event has it; empty where it has none.
  public static String of(Resource event) {
    return PATHS.stream().map(event::text).filter(text -> !text.isEmpty()).findFirst().orElse("");
  }
}
