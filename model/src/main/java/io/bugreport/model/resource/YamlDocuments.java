package io.bugreport.model.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  /// Bytes that are worth a thread.
  private static final int BATCH = 128 << 10;

  private final String path;
  private final int firstLine;
  private final ParserImpl events;
  private final AtomicLong aliased;
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private final IdentityHashMap<Node, Extent> extents = new IdentityHashMap<>();

  /// How much an anchored value holds: values in it, and how deep they are nested.
  private record Extent(long values, int depth) {}

  /// The documents of a piece that could be read, and what was in the way of the others.
  private record Read(List<Node> documents, @Nullable IOException problem) {
    void hand(Consumer<Node> to) throws IOException {
      documents.forEach(to);
      if (problem != null) {
        throw problem;
      }
    }
  }

  /// @param firstLine the line of the file at which the events begin, from 0
  /// @param aliased the values that aliases of the whole file stand for
  private YamlDocuments(String path, int firstLine, ParserImpl events, AtomicLong aliased) {
    this.path = path;
    this.firstLine = firstLine;
    this.events = events;
    this.aliased = aliased;
  }

  /// Reads a file, on all cores where it is large. Documents are handed over in the file's order.
  static void read(String path, InputStream in, Consumer<Node> documents) throws IOException {
    read(path, in, BATCH, documents);
  }

  static void read(String path, InputStream in, int batch, Consumer<Node> documents)
      throws IOException {
    var aliased = new AtomicLong();
    var pieces = new YamlBatches(in, batch);
    var first = pieces.next();
    if (first == null) {
      return;
    }
    if (pieces.isAtEnd()) {
      read(path, first, aliased).hand(documents);
      return;
    }
    var cores = Runtime.getRuntime().availableProcessors();
    try (var read =
        Stream.iterate(first, Objects::nonNull, _ -> pieces.following())
            .gather(Gatherers.mapConcurrent(cores + 1, piece -> read(path, piece, aliased)))) {
      for (var iterator = read.iterator(); iterator.hasNext(); ) {
        iterator.next().hand(documents);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Read read(String path, YamlBatches.Batch batch, AtomicLong aliased) {
    List<Node> documents = new ArrayList<>();
    // Sizes are limited by whoever opened the stream.
    var settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    var text = new YamlUnicodeReader(batch.text());
    try {
      var events = new ParserImpl(settings, new StreamReader(settings, text));
      new YamlDocuments(path, batch.firstLine(), events, aliased).read(documents::add);
      return new Read(documents, null);
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0) + 1;
      var problem = e.getProblem() == null ? e.getContext() : e.getProblem();
      return new Read(
          documents,
          DocumentException.at(path, batch.firstLine() + line, String.valueOf(problem), e));
    } catch (YamlEngineException e) {
      return new Read(documents, DocumentException.of(path, e));
    } catch (DocumentException e) {
      return new Read(documents, e);
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
    if (aliased.addAndGet(extent.values) > MOST_ALIASED
        || depth + extent.depth > DocumentReader.DEEPEST) {
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

  private Node scalar(ScalarEvent event) {
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

  private int line(Event event) {
    return firstLine + mark(event).map(Mark::getLine).orElse(0) + 1;
  }

  private static int column(Event event) {
    return mark(event).map(Mark::getColumn).orElse(0) + 1;
  }

  private static Optional<Mark> mark(Event event) {
    return event.getStartMark();
  }
}
