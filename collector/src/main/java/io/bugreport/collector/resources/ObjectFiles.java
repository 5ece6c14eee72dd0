package io.bugreport.collector.resources;

import io.bugreport.collector.engine.DocumentWriter;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.EvidenceException;
import io.bugreport.model.archive.Layout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/// Where the objects of one list go: one file for each cluster-scoped one, one file for each
/// namespace otherwise. Lists come sorted by namespace, so one file is open at a time; where an
/// aggregated API's does not, objects of a namespace whose file is closed get a file each, which
/// viewers of must-gathers read as well.
final class ObjectFiles implements Closeable {
  private final Evidence evidence;
  private final String cluster;
  private final ResourceType type;
  private final boolean lists;
  private final Set<String> closed = new HashSet<>();
  private @Nullable OpenList open;

  private record OpenList(String namespace, Evidence.File file, JsonGenerator yaml) {}

  private ObjectFiles(Evidence evidence, String cluster, ResourceType type, boolean lists) {
    this.evidence = evidence;
    this.cluster = cluster;
    this.type = type;
    this.lists = lists;
  }

  /// For a whole list.
  static ObjectFiles oneForEachNamespace(Evidence evidence, String cluster, ResourceType type) {
    return new ObjectFiles(evidence, cluster, type, true);
  }

  /// For single pods of namespaces that are not listed as a whole.
  static ObjectFiles oneForEachObject(Evidence evidence, String cluster, ResourceType type) {
    return new ObjectFiles(evidence, cluster, type, false);
  }

  void add(ListedObject object) throws IOException {
    if (object.namespace().isEmpty()) {
      alone(Layout.object(cluster, type.group(), type.plural(), object.name()), object);
      return;
    }
    if (type.isPod()) {
      // Viewers of must-gathers find a pod's logs by this file.
      alone(Layout.pod(cluster, object.namespace(), object.name()), object);
    }
    if (!lists) {
      return;
    }
    if (closed.contains(object.namespace())) {
      var list = Layout.list(cluster, object.namespace(), type.group(), type.plural());
      var folder = list.substring(0, list.length() - ".yaml".length());
      alone(folder + "/" + Layout.segment(object.name()) + ".yaml", object);
      return;
    }
    try {
      DocumentWriter.write(object.content(), list(object.namespace()).yaml());
    } catch (JacksonException e) {
      throw unwrapped(e);
    }
  }

  private void alone(String path, ListedObject object) throws IOException {
    try (var file = evidence.open(path);
        var yaml = Yaml.to(file)) {
      DocumentWriter.write(object.content(), yaml);
    } catch (FileAlreadyExistsException _) {
      // The list named it twice, as lists do that are not consistent; the first one is kept.
    } catch (JacksonException e) {
      throw unwrapped(e);
    }
  }

  private OpenList list(String namespace) throws IOException {
    var current = open;
    if (current != null && current.namespace().equals(namespace)) {
      return current;
    }
    endList();
    var file = evidence.open(Layout.list(cluster, namespace, type.group(), type.plural()));
    var yaml = Yaml.to(file);
    yaml.writeStartObject();
    yaml.writeStringProperty("apiVersion", type.apiVersion());
    yaml.writeStringProperty("kind", type.kind() + "List");
    yaml.writeName("items");
    yaml.writeStartArray();
    var next = new OpenList(namespace, file, yaml);
    open = next;
    return next;
  }

  @Override
  public void close() throws IOException {
    endList();
  }

  /// Ends the file that is open; what was added stays.
  void endList() throws IOException {
    var current = open;
    if (current != null) {
      open = null;
      closed.add(current.namespace());
      try (var _ = current.file();
          var yaml = current.yaml()) {
        yaml.writeEndArray();
        yaml.writeEndObject();
      } catch (JacksonException e) {
        throw unwrapped(e);
      }
    }
  }

  private static IOException unwrapped(JacksonException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EvidenceException evidence) {
        return evidence;
      }
    }
    return new IOException("cannot be written as YAML: " + failure.getOriginalMessage(), failure);
  }
}
