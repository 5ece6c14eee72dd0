package io.bugreport.report.mesh;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// Reads evidence for a table or a picture. What cannot be read costs a note, and never the page.
public final class Reading {
  private static final int SHORT = 4096;

  private final List<String> notes = new ArrayList<>();

  /// What could not be read, and why.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /// All objects of a kind in a cluster.
  public List<Resource> all(Cluster cluster, ResourceKind kind) {
    try {
      return cluster.all(kind);
    } catch (IOException e) {
      notes.add(kind.kind() + " of " + cluster.name() + " cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  /// Makes something of an answer.
  @FunctionalInterface
  public interface AnswerReader<T> {
    T read(Answer answer) throws IOException;
  }

  /// What a reader of the model makes of an answer.
  public <T> Optional<T> read(Answer answer, AnswerReader<T> reader) {
    try {
      return Optional.of(reader.read(answer));
    } catch (IOException e) {
      notes.add(answer.path() + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /// A JSON file of the archive.
  ///
  /// @return empty where there is none
  public Optional<Field> document(Snapshot snapshot, String path) {
    if (!snapshot.archive().has(path)) {
      return Optional.empty();
    }
    try (var in = snapshot.archive().open(path)) {
      List<Node> roots = new ArrayList<>();
      DocumentReader.read(path, in, roots::add);
      return roots.stream().findFirst().map(root -> new Field(path, "", root));
    } catch (IOException e) {
      notes.add(path + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /// A small JSON answer.
  public Optional<Field> document(Answer answer) {
    return read(answer, Answer::document);
  }

  /// The beginning of a short text answer.
  public Optional<String> text(Answer answer) {
    try (var in = answer.open()) {
      return Optional.of(new String(in.readNBytes(SHORT), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      notes.add(answer.path() + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /// Each item of an answer that is a JSON array, one at a time.
  public void items(Answer answer, Consumer<Field> items) {
    try (var in = answer.open();
        var parser = DocumentReader.json(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        notes.add(answer.path() + " is not a list");
        return;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
        items.accept(new Field(answer.path(), "", DocumentReader.read(parser)));
      }
    } catch (IOException | JacksonException e) {
      notes.add(answer.path() + " cannot be read to its end: " + e.getMessage());
    }
  }
}
