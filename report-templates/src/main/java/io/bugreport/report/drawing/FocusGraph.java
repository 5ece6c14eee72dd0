package io.bugreport.report.drawing;

import io.bugreport.model.resource.ResourceId;
import io.bugreport.report.mesh.Edge;
import io.bugreport.report.mesh.Layer;
import io.bugreport.report.mesh.MeshGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The objects of a finding, what stands one step around them, and the way of a request through
/// them, from gateways on the left to policies on the right.
///
/// @param drawing the picture
/// @param relations the same in words, one for each line of the picture
/// @param left how many objects have no room in it
public record FocusGraph(Drawing drawing, List<String> relations, int left) {
  /// How many objects a picture holds.
  static final int NODES = 40;

  private static final int WIDTH = 170;
  private static final int HEIGHT = 40;
  private static final int GAP = 94;
  private static final int ROW = 54;
  private static final int TOP = 34;
  private static final int CHARACTERS = 22;

  public FocusGraph {
    relations = List.copyOf(relations);
  }

  /// What a node is marked with.
  public interface Marks {
    /// The style of the worst finding about an object; empty where there is none.
    String of(ResourceId id);
  }

  /// Draws the surroundings of some objects.
  ///
  /// @param id the picture's anchor
  /// @return empty where nothing is known around them
  public static List<FocusGraph> of(
      String id, Collection<ResourceId> subjects, MeshGraph mesh, Marks marks) {
    var centre = new LinkedHashSet<ResourceId>();
    subjects.stream().limit(NODES).forEach(subject -> centre.add(mesh.shown(subject)));
    var all = surroundings(centre, mesh);
    var edges = edges(all, mesh);
    if (edges.isEmpty()) {
      return List.of();
    }
    var nodes = new LinkedHashSet<ResourceId>();
    all.stream().limit(NODES).forEach(nodes::add);
    var drawn =
        edges.stream()
            .filter(edge -> nodes.contains(edge.from()) && nodes.contains(edge.to()))
            .toList();
    return List.of(
        new FocusGraph(
            draw(id, nodes, centre, drawn, marks),
            drawn.stream().map(FocusGraph::relation).toList(),
            all.size() - nodes.size()));
  }

  private static String relation(Edge edge) {
    return edge.from()
        + " → "
        + edge.to()
        + (edge.badge().isEmpty() ? "" : " (" + edge.badge() + ")");
  }

  /// First the objects themselves, then their neighbours, then the rest of the requests' way.
  private static Set<ResourceId> surroundings(Set<ResourceId> centre, MeshGraph mesh) {
    var found = new LinkedHashSet<>(centre);
    for (var subject : centre) {
      neighbours(subject, mesh).forEach(found::add);
    }
    for (var subject : centre) {
      walk(subject, mesh, true, found);
      walk(subject, mesh, false, found);
    }
    return found;
  }

  private static Set<ResourceId> neighbours(ResourceId id, MeshGraph mesh) {
    var around = new TreeSet<ResourceId>();
    mesh.from(id).forEach(edge -> around.add(edge.to()));
    mesh.to(id).forEach(edge -> around.add(edge.from()));
    return around;
  }

  private static void walk(ResourceId start, MeshGraph mesh, boolean down, Set<ResourceId> found) {
    var seen = new LinkedHashSet<>(Set.of(start));
    var open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty() && seen.size() < 2 * NODES) {
      var here = open.remove();
      for (var edge : down ? mesh.from(here) : mesh.to(here)) {
        var next = down ? edge.to() : edge.from();
        if (Layer.of(next) != Layer.POLICY && seen.add(next)) {
          open.add(next);
        }
      }
    }
    found.addAll(seen);
  }

  private static List<Edge> edges(Set<ResourceId> nodes, MeshGraph mesh) {
    List<Edge> edges = new ArrayList<>();
    for (var node : nodes) {
      mesh.from(node).stream().filter(edge -> nodes.contains(edge.to())).forEach(edges::add);
    }
    edges.sort(Comparator.comparing(Edge::from).thenComparing(Edge::to));
    return edges;
  }

  private record Place(int x, int y) {}

  private static Drawing draw(
      String id, Set<ResourceId> nodes, Set<ResourceId> centre, List<Edge> edges, Marks marks) {
    Map<Layer, List<ResourceId>> columns = new EnumMap<>(Layer.class);
    nodes.forEach(
        node -> columns.computeIfAbsent(Layer.of(node), _ -> new ArrayList<>()).add(node));
    var most = columns.values().stream().mapToInt(List::size).max().orElse(0);
    Map<ResourceId, Place> places = new HashMap<>();
    List<Shape> heads = new ArrayList<>();
    var x = 1;
    for (var column : columns.entrySet()) {
      heads.add(Shape.words("layer", x, 14, column.getKey().title()));
      column
          .getValue()
          .sort(
              Comparator.comparingDouble((ResourceId node) -> pull(node, edges, places))
                  .thenComparing(Comparator.naturalOrder()));
      var y = TOP + (most - column.getValue().size()) * ROW / 2;
      for (var node : column.getValue()) {
        places.put(node, new Place(x, y));
        y += ROW;
      }
      x += WIDTH + GAP;
    }
    List<Shape> shapes = new ArrayList<>(heads);
    edges.forEach(edge -> shapes.add(curve(edge, places)));
    edges.forEach(edge -> shapes.addAll(badge(edge, edges, places)));
    nodes.forEach(node -> shapes.addAll(box(node, places, centre.contains(node), marks)));
    return new Drawing(
        id,
        "graph",
        x - GAP + 1,
        TOP + most * ROW - (ROW - HEIGHT) + 4,
        "Objects around this finding",
        "The list below says the same in words.",
        shapes);
  }

  /// The mean height of what leads to a node, so that few lines cross.
  private static double pull(ResourceId node, List<Edge> edges, Map<ResourceId, Place> places) {
    return edges.stream()
        .filter(edge -> edge.to().equals(node) && places.containsKey(edge.from()))
        .mapToInt(edge -> place(places, edge.from()).y())
        .average()
        .orElse(0);
  }

  private static Place place(Map<ResourceId, Place> places, ResourceId id) {
    return places.getOrDefault(id, new Place(0, 0));
  }

  private static Shape curve(Edge edge, Map<ResourceId, Place> places) {
    var from = place(places, edge.from());
    var to = place(places, edge.to());
    var middle = HEIGHT / 2;
    return Shape.curve("edge", from.x() + WIDTH, from.y() + middle, to.x(), to.y() + middle);
  }

  private static List<Shape> badge(Edge edge, List<Edge> edges, Map<ResourceId, Place> places) {
    if (edge.badge().isEmpty()) {
      return List.of();
    }
    var from = place(places, edge.from());
    var to = place(places, edge.to());
    return EdgeBadge.of(edge, edges)
        .shapes(from.x() + WIDTH, from.y() + HEIGHT / 2, to.x(), to.y() + HEIGHT / 2);
  }

  private static List<Shape> box(
      ResourceId node, Map<ResourceId, Place> places, boolean subject, Marks marks) {
    var place = place(places, node);
    var css = ("node " + marks.of(node) + (subject ? " subject" : "")).replace("  ", " ").strip();
    var kind = node.namespace().isEmpty() ? node.kind() : node.kind() + " · " + node.namespace();
    return List.of(
        Shape.box(css, place.x(), place.y(), WIDTH, HEIGHT, node + " in " + node.cluster()),
        Shape.words("kind", place.x() + 9, place.y() + 15, cut(kind, CHARACTERS + 4)),
        Shape.words("name", place.x() + 9, place.y() + 31, cut(node.name(), CHARACTERS)));
  }

  /// The text without its middle, where it is too long: names differ at their ends.
  static String cut(String text, int length) {
    if (text.codePointCount(0, text.length()) <= length) {
      return text;
    }
    var points = text.codePoints().toArray();
    var head = (length - 1) / 2;
    var tail = length - 1 - head;
    return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
  }
}
