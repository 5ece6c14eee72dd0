package io.bugreport.model.envoy;

import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a `config_dump` as a stream, one entry at a time: a dump of a large mesh has many
/// megabytes. Sections are known by their `@type`, or, where that does not come first, by the names
/// of their lists; their order does not matter.
///
/// Source: `envoy.admin.v3.ConfigDump` of Envoy's API.
public final class ConfigDump {
  /// One entry of a list of a section.
  ///
  /// @param section what it is part of
  /// @param list the list's name in snake case, such as `dynamic_listeners`
  /// @param content the entry; its names may be in snake or camel case, see [ProtoJson]
  public record Entry(Section section, String list, Field content) {

    /// Its name. Envoy leaves it out of some entries that it rejected.
    public Optional<String> name() {
      for (var path : section.namePaths()) {
        var name = ProtoJson.text(content, path);
        if (!name.isEmpty()) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }

    /// Whether it is the result of a rejected update.
    public Optional<Rejection> rejection() {
      return Rejection.of(content);
    }
  }

  /// How much of a dump to read; what is in neither set is skipped.
  ///
  /// @param whole sections whose entries are read to their ends
  /// @param heads sections of which names, states and times are enough: entries come without
  ///   arrays, and without objects more than two below them
  public record Selection(Set<Section> whole, Set<Section> heads) {
    public Selection {
      whole = Set.copyOf(whole);
      heads = Set.copyOf(heads);
    }

    boolean contains(Section section) {
      return whole.contains(section) || heads.contains(section);
    }

    private Node entry(Section section, JsonParser parser) {
      return whole.contains(section)
          ? DocumentReader.read(parser)
          : DocumentReader.readHead(parser, DEPTH_OF_HEAD);
    }
  }

  /// `active_state.listener.name` lies that deep.
  private static final int DEPTH_OF_HEAD = 2;

  private ConfigDump() {}

  /// Reads the selected entries of an answer.
  public static void read(Answer answer, Selection selection, Consumer<Entry> entries)
      throws IOException {
    try (var in = answer.open()) {
      read(answer.path(), in, selection, entries);
    }
  }

  /// Reads the selected entries of a dump.
  ///
  /// @param path the file's name, for locations and messages
  /// @throws DocumentException with the line at which it stops being readable
  static void read(String path, InputStream in, Selection selection, Consumer<Entry> entries)
      throws IOException {
    try (var parser = DocumentReader.json(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var configs = parser.currentName().equals("configs");
        if (parser.nextToken() == JsonToken.START_ARRAY && configs) {
          for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            section(path, "configs[" + i + "]", parser, selection, entries);
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  private static void section(
      String file, String at, JsonParser parser, Selection selection, Consumer<Entry> entries) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    var type = Section.OTHER;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      var list = ProtoJson.snakeCase(name);
      var token = parser.nextToken();
      if (name.equals("@type")) {
        type = Section.ofType(parser.getString());
      } else if (token == JsonToken.START_ARRAY) {
        var section = type == Section.OTHER ? Section.ofList(list) : type;
        if (!selection.contains(section)) {
          parser.skipChildren();
          continue;
        }
        for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          var path = at + "." + name + "[" + i + "]";
          entries.accept(
              new Entry(section, list, new Field(file, path, selection.entry(section, parser))));
        }
      } else if (list.equals("bootstrap")
          && token == JsonToken.START_OBJECT
          && selection.contains(Section.BOOTSTRAP)) {
        entries.accept(
            new Entry(
                Section.BOOTSTRAP,
                list,
                new Field(file, at + "." + name, selection.entry(Section.BOOTSTRAP, parser))));
      } else {
        parser.skipChildren();
      }
    }
  }
}
