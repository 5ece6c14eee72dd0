package io.bugreport.analyzers.schema;

import io.bugreport.analyzers.schema.Schema.Bounds;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Node;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The schemas of a kind as they are bundled: a table that `analyzers/schemas/generate` writes, and
/// where its format is described.
final class SchemaTable {
  private static final String RULE = "|rule\t";

  private final Map<String, Schema> byVersion;

  private SchemaTable(Map<String, Schema> byVersion) {
    this.byVersion = byVersion;
  }

  /// The bundled table of a kind.
  ///
  /// @return empty where none is bundled
  static Optional<SchemaTable> bundled(String group, String kind) throws IOException {
    try (var in = SchemaTable.class.getResourceAsStream(group + "_" + kind + ".table")) {
      return in == null ? Optional.empty() : Optional.of(read(in));
    }
  }

  /// The schema of `spec` in a version; of a version that is not known, that of the first.
  Schema version(String version) {
    var known = byVersion.get(version);
    return known == null ? byVersion.values().iterator().next() : known;
  }

  private static SchemaTable read(InputStream in) throws IOException {
    var versions = new LinkedHashMap<String, Schema>();
    List<String> current = List.of();
    List<Schema> way = new ArrayList<>();
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("versions\t")) {
        current = List.of(line.substring(line.indexOf('\t') + 1).split(",", -1));
        continue;
      }
      var depth = depth(line);
      if (line.startsWith(RULE, depth)) {
        var parts = line.substring(depth + RULE.length()).split("\t", -1);
        way.get(depth - 1).rules.add(new Rule(parts[0], parts[1]));
        continue;
      }
      var schema = schema(line);
      while (way.size() > depth) {
        way.removeLast();
      }
      if (way.isEmpty()) {
        current.forEach(version -> versions.put(version, schema));
      } else {
        put(way.getLast(), line.substring(depth, line.indexOf('\t')), schema);
      }
      way.add(schema);
    }
    return new SchemaTable(versions);
  }

  private static int depth(String line) {
    var depth = 0;
    while (line.charAt(depth) == ' ') {
      depth++;
    }
    return depth;
  }

  private static void put(Schema parent, String name, Schema child) {
    switch (name) {
      case "*" -> parent.item = child;
      case "{}" -> parent.value = child;
      case "|all" -> parent.all.add(child);
      case "|any" -> parent.any.add(child);
      case "|one" -> parent.one.add(child);
      case "|not" -> parent.not = child;
      default -> parent.fields.put(name, child);
    }
  }

  private static Schema schema(String line) throws IOException {
    var schema = new Schema();
    var pattern = line.indexOf("\tpattern=");
    if (pattern >= 0) {
      schema.pattern(line.substring(pattern + "\tpattern=".length()));
    }
    var parts = (pattern < 0 ? line : line.substring(0, pattern)).split("\t", -1);
    schema.type = Schema.Type.of(parts[1]);
    for (var i = 2; i < parts.length; i++) {
      var equals = parts[i].indexOf('=');
      var value = equals < 0 ? "" : parts[i].substring(equals + 1);
      switch (equals < 0 ? parts[i] : parts[i].substring(0, equals)) {
        case "required" -> schema.required = List.of(value.split(",", -1));
        case "enum" -> schema.allowed = List.of(value.split(",", -1));
        case "len" -> schema.length = bounds(value);
        case "range" -> schema.range = bounds(value);
        case "items", "props" -> schema.count = bounds(value);
        case "format" -> schema.format = value;
        case "keys" -> schema.keys = List.of(value.split(",", -1));
        case "default" -> schema.fallback = json(value);
        case "nullable" -> schema.nullable = true;
        case "open" -> schema.open = true;
        case "set" -> schema.unique = true;
        default -> throw new IllegalArgumentException("a schema table says " + parts[i]);
      }
    }
    return schema;
  }

  private static Node json(String text) throws IOException {
    List<Node> nodes = new ArrayList<>();
    DocumentReader.read(
        "default.json",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        nodes::add);
    return nodes.getFirst();
  }

  private static Bounds bounds(String text) {
    var dots = text.indexOf("..");
    var least = text.substring(0, dots);
    var most = text.substring(dots + 2);
    return new Bounds(
        least.isEmpty() ? null : Double.valueOf(least),
        most.isEmpty() ? null : Double.valueOf(most));
  }
}
