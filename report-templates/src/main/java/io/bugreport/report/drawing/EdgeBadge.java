package io.bugreport.report.drawing;

import io.bugreport.report.mesh.Edge;
import java.util.ArrayList;
import java.util.List;

/// What stands on a line of a picture: ports, a subset, TLS. It stands where no other line of the
/// picture has its own: at the end where the line is alone, else in its middle.
///
/// @param where the style of its place
record EdgeBadge(String text, String where) {
  private static final int CHARACTERS = 18;
  private static final int MOST = 3;
  private static final int LEADING = 11;
  private static final int AWAY = 6;

  static EdgeBadge of(Edge edge, List<Edge> edges) {
    var arriving = edges.stream().filter(other -> other.to().equals(edge.to())).count();
    var leaving = edges.stream().filter(other -> other.from().equals(edge.from())).count();
    return new EdgeBadge(edge.badge(), arriving == 1 ? "" : leaving == 1 ? "begin" : "middle");
  }

  /// Its lines, one for each part of the text.
  List<Shape> shapes(int fromX, int fromY, int toX, int toY) {
    var x =
        switch (where) {
          case "begin" -> fromX + AWAY;
          case "middle" -> (fromX + toX) / 2;
          default -> toX - AWAY;
        };
    var y =
        switch (where) {
          case "begin" -> fromY;
          case "middle" -> (fromY + toY) / 2;
          default -> toY;
        };
    var parts = List.of(text.split(", ", MOST));
    List<Shape> shapes = new ArrayList<>();
    for (var i = 0; i < parts.size(); i++) {
      shapes.add(
          Shape.words(
              ("badge " + where + " " + tone()).replace("  ", " ").strip(),
              x,
              y - 5 - LEADING * (parts.size() - 1 - i),
              FocusGraph.cut(parts.get(i), CHARACTERS)));
    }
    return shapes;
  }

  private String tone() {
    return switch (text) {
      case "mTLS strict", "TLS istio_mutual", "TLS mutual" -> "safe";
      case "mTLS disable", "no sidecar", "some: no sidecar", "TLS disable" -> "bare";
      default -> "";
    };
  }
}
