package io.bugreport.report.drawing;

import io.bugreport.report.timeline.Lane;
import io.bugreport.report.timeline.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Draws moments: one row for each sort of thing that happened, and in it one line for each
/// cluster.
public final class TimelineDrawing {
  private static final int WIDTH = 1000;
  private static final int TOP = 30;
  private static final int ROW = 26;
  private static final int STEP = 12;
  private static final int CLUSTERS = 6;
  private static final int NAMED = 4;

  private TimelineDrawing() {}

  /// A picture of all moments.
  ///
  /// @param moments sorted, the newest first
  /// @param now when the snapshot was taken
  /// @return empty where there is no moment
  public static List<Drawing> of(List<Moment> moments, Instant now) {
    if (moments.isEmpty()) {
      return List.of();
    }
    var axis = Axis.of(moments, now);
    Map<Lane, Map<String, Map<Integer, List<Moment>>>> lanes = new EnumMap<>(Lane.class);
    var clusters = moments.stream().map(Moment::cluster).distinct().sorted().toList();
    for (var moment : moments) {
      var at = clusters.indexOf(moment.cluster());
      var cluster = at < CLUSTERS - 1 || clusters.size() <= CLUSTERS ? moment.cluster() : "others";
      lanes
          .computeIfAbsent(moment.lane(), _ -> new TreeMap<>())
          .computeIfAbsent(cluster, _ -> new TreeMap<>())
          .computeIfAbsent(axis.x(moment.time()) / STEP * STEP, _ -> new ArrayList<>())
          .add(moment);
    }
    List<Shape> shapes = new ArrayList<>();
    var y = TOP;
    for (var lane : Lane.values()) {
      var rows = lanes.getOrDefault(lane, Map.of("", Map.of()));
      shapes.add(Shape.words("lane", 0, y + 17, lane.title()));
      for (var row : rows.entrySet()) {
        shapes.add(Shape.line("rule", Axis.EARLIER - 26, y + ROW / 2, WIDTH, y + ROW / 2));
        if (clusters.size() > 1 && !row.getKey().isEmpty()) {
          shapes.add(Shape.words("row", Axis.LEFT + 4, y + 10, row.getKey()));
        }
        for (var bucket : row.getValue().entrySet()) {
          shapes.addAll(dot(bucket.getKey(), y + ROW / 2, bucket.getValue()));
        }
        y += ROW;
      }
    }
    List<Shape> all = new ArrayList<>(frame(axis, y));
    all.addAll(shapes);
    return List.of(
        new Drawing(
            "timeline-picture",
            "timeline",
            WIDTH,
            y + 22,
            "What happened when",
            words(lanes),
            all));
  }

  private static List<Shape> frame(Axis axis, int bottom) {
    List<Shape> frame = new ArrayList<>();
    frame.add(Shape.words("tick middle", Axis.EARLIER, 16, "earlier"));
    frame.add(Shape.words("tick middle", Axis.LATER, 16, "later"));
    for (var tick : axis.ticks()) {
      frame.add(Shape.line("grid", tick.x(), TOP - 6, tick.x(), bottom));
      frame.add(Shape.words("tick middle", tick.x(), 16, tick.text()));
    }
    frame.add(Shape.line("now", Axis.RIGHT + STEP, TOP - 10, Axis.RIGHT + STEP, bottom));
    frame.add(Shape.words("tick end", Axis.RIGHT + STEP + 2, bottom + 16, "collected"));
    return frame;
  }

  private static List<Shape> dot(int x, int y, List<Moment> moments) {
    var bad = moments.stream().anyMatch(Moment::bad);
    var size =
        moments.size() == 1 ? 5 : Math.min(11, 38 - Integer.numberOfLeadingZeros(moments.size()));
    List<Shape> shapes = new ArrayList<>();
    shapes.add(Shape.dot(bad ? "dot bad" : "dot", x + STEP / 2, y, size, tip(moments)));
    if (moments.size() > 1) {
      shapes.add(Shape.words("amount", x + STEP / 2, y + 4, amount(moments.size())));
    }
    return shapes;
  }

  private static String amount(int count) {
    return count > 999 ? count / 1000 + "k" : Integer.toString(count);
  }

  private static String tip(List<Moment> moments) {
    var shown =
        moments.stream()
            .limit(NAMED)
            .map(m -> m.time() + " " + m.object() + " " + m.what())
            .collect(Collectors.joining("\n"));
    return moments.size() <= NAMED ? shown : shown + "\nand " + (moments.size() - NAMED) + " more";
  }

  private static String words(Map<Lane, Map<String, Map<Integer, List<Moment>>>> lanes) {
    return lanes.entrySet().stream()
            .map(
                lane ->
                    lane.getKey().title()
                        + ": "
                        + lane.getValue().values().stream()
                            .flatMap(row -> row.values().stream())
                            .mapToInt(List::size)
                            .sum())
            .collect(Collectors.joining(", "))
        + ". The table below has each of them.";
  }
}
