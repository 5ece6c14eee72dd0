package io.bugreport.model.resource;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Builds trees out of a YAML parser's events, whose marks say exactly where each value begins.
final class YamlDocuments {
  /// What aliases may stand for in all; files of people have dozens, bombs have billions.
  private static final long MOST_ALIASED = 100_000;

  private static final String MERGE = "<<";

  private final String path;
  private final ParserImpl events;
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private final IdentityHashMap<Node, Extent> extents = new IdentityHashMap<>();
  private long aliased;

  /// How much an anchored value holds: values in it, and how deep they are nested.
  private record Extent(long values, int depth) {}

  private YamlDocuments(String path, ParserImpl events) {
    this.path = path;
    this.events = events;
  }

  static void read(String path, InputStream in, Consumer<Node> documents) throws IOException {
    // Sizes are limited by whoever opened the stream.
    var settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      var events = new ParserImpl(settings, new StreamReader(settings, new YamlUnicodeReader(in)));
      new YamlDocuments(path, events).read(documents);
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0) + 1;
      var problem = e.getProblem() == null ? e.getContext() : e.getProblem();
      throw DocumentException.at(path, line, String.valueOf(problem), e);
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw DocumentException.of(path, e);
    }
  }

  private void read(Consumer<Node> documents) throws DocumentException {
    while (events.hasNext()) {
      var event = events.next();
      switch (event.getEventId()) {
        case DocumentStart, DocumentEnd -> {
          anchors.clear();
          extents.clear();
        }
        case StreamStart, StreamEnd, Comment -> {}
        default -> documents.accept(node(event, 1));
      }
    }
  }

  private Node node(Event event, int depth) throws DocumentException {
    if (depth > DocumentReader.DEEPEST) {
      throw refused(event, "values are nested more than " + DocumentReader.DEEPEST + " deep");
    }
    return switch (event.getEventId()) {
      case Scalar -> anchored(event, scalar((ScalarEvent) event));
      case SequenceStart -> anchored(event, sequence(event, depth));
      case MappingStart -> anchored(event, mapping(event, depth));
      case Alias -> aliased((AliasEvent) event, depth);
      default -> throw refused(event, "a value is missing");
    };
  }

  private Node sequence(Event start, int depth) throws DocumentException {
    List<Node> items = new ArrayList<>();
    for (var event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new Node.Sequence(items, line(start), column(start));
  }

  private Node mapping(Event start, int depth) throws DocumentException {
    var fields = new LinkedHashMap<String, Node>();
    List<Node> merged = new ArrayList<>();
    for (var event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw refused(event, "a key must be a plain text");
      }
      anchored(event, scalar(key));
      var value = node(events.next(), depth + 1);
      if (key.isPlain() && key.getValue().equals(MERGE)) {
        merged.add(value);
      } else {
        fields.put(key.getValue(), value);
      }
    }
    merged.forEach(value -> merge(value, fields));
    return new Node.Mapping(fields, line(start), column(start));
  }

  private static void merge(Node value, Map<String, Node> fields) {
    switch (value) {
      case Node.Mapping mapping -> mapping.fields().forEach(fields::putIfAbsent);
      case Node.Sequence sequence -> sequence.items().forEach(item -> merge(item, fields));
      case Node.Scalar _ -> {}
    }
  }

  private Node anchored(Event event, Node node) {
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  /// What an anchor stands for, as if it were written out here.
  private Node aliased(AliasEvent alias, int depth) throws DocumentException {
    var node = anchors.get(alias.getAlias());
    if (node == null) {
      throw refused(
          alias, "the alias *" + alias.getAlias().getValue() + " names nothing that came before");
    }
    var extent = extent(node);
    aliased += extent.values;
    if (aliased > MOST_ALIASED || depth + extent.depth > DocumentReader.DEEPEST) {
      throw refused(alias, "aliases stand for too much: refused as a possible bomb");
    }
    return node;
  }

  private Extent extent(Node node) {
    var known = extents.get(node);
    if (known == null) {
      var children =
          switch (node) {
            case Node.Mapping mapping -> mapping.fields().values();
            case Node.Sequence sequence -> sequence.items();
            case Node.Scalar _ -> List.<Node>of();
          };
      var values = 1L;
      var depth = 0;
      for (var child : children) {
        var below = extent(child);
        values += below.values;
        depth = Math.max(depth, below.depth + 1);
      }
      known = new Extent(values, depth);
      extents.put(node, known);
    }
    return known;
  }

  private static Node scalar(ScalarEvent event) {
    var text = event.getValue();
    var type =
        event.isPlain() || event.getTag().isPresent()
            ? PlainScalar.type(text, tag(event), event.isPlain())
            : Node.Scalar.Type.STRING;
    return new Node.Scalar(PlainScalar.text(text, type), type, line(event), column(event));
  }

  private static String tag(ScalarEvent event) {
    return event.getTag().orElse("");
  }

  private DocumentException refused(Event event, String why) {
    return DocumentException.at(path, line(event), why, null);
  }

  private static int line(Event event) {
    return mark(event).map(Mark::getLine).orElse(0) + 1;
  }

  private static int column(Event event) {
    return mark(event).map(Mark::getColumn).orElse(0) + 1;
  }

  private static Optional<Mark> mark(Event event) {
    return event.getStartMark();
  }
}
