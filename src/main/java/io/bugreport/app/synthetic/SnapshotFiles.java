package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Output.Lines;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Manifest;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.SnapshotJson;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// Puts files into an archive and keeps the record of what was collected.
final class SnapshotFiles {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();
  private static final String EACH = "each-of-them";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final MeshPlan plan;
  private final ArchiveWriter archive;
  private final List<CollectedItem> items = new ArrayList<>();

  SnapshotFiles(MeshPlan plan, ArchiveWriter archive) {
    this.plan = plan;
    this.archive = archive;
  }

  void file(String path, ItemId id, Consumer<Output> content) throws IOException {
    file(path, id, OK, content);
  }

  void file(String path, ItemId id, int code, Consumer<Output> content) throws IOException {
    try (var entry = archive.open(path)) {
      content.accept(new Output(new Unclosed(entry)));
      record(id, path, Outcome.OK, code, entry.bytes(), 0);
    }
  }

  void lines(String path, ItemId id, Lines lines) throws IOException {
    try (var entry = archive.open(path)) {
      new Output(entry).lines(lines);
      record(id, path, entry.bytes() == 0 ? Outcome.EMPTY : Outcome.OK, OK, entry.bytes(), 0);
    }
  }

  void notFound(ItemId id) {
    record(id, null, Outcome.NOT_FOUND, NOT_FOUND, 2, 0);
  }

  /// Writes all objects of a kind: lists for namespaces, and single files for the rest.
  void kind(ApiKind kind, List<String> namespaces, KubernetesObjects objects) throws IOException {
    var cluster = plan.cluster();
    long count = 0;
    long bytes = 0;
    if (kind.namespaced()) {
      for (var namespace : namespaces) {
        var all = objects.all(kind, namespace).iterator();
        if (!all.hasNext()) {
          continue;
        }
        var path = Layout.list(cluster, namespace, kind.group(), kind.plural());
        try (var entry = archive.open(path);
            var yaml = YAML.createGenerator(new Unclosed(entry))) {
          yaml.writeStartObject();
          yaml.writeStringProperty("apiVersion", kind.apiVersion());
          yaml.writeStringProperty("kind", kind.kind() + "List");
          yaml.writeName("items");
          yaml.writeStartArray();
          while (all.hasNext()) {
            var object = all.next();
            Output.tree(yaml, object);
            count++;
            if (kind.plural().equals("pods")) {
              single(Layout.pod(cluster, namespace, Mesh.text(object, "name")), object);
            }
          }
          yaml.writeEndArray();
          yaml.writeEndObject();
          yaml.flush();
          bytes += entry.bytes();
        }
      }
    } else {
      for (var object : objects.all(kind, "").toList()) {
        bytes +=
            single(
                Layout.object(cluster, kind.group(), kind.plural(), Mesh.text(object, "name")),
                object);
        count++;
      }
    }
    var path =
        kind.namespaced()
            ? Layout.list(cluster, EACH, kind.group(), kind.plural())
            : Layout.object(cluster, kind.group(), kind.plural(), EACH);
    record(
        ItemId.resources(cluster, kind.group(), kind.plural()),
        count == 0 ? null : path.replace(EACH, "*"),
        count == 0 ? Outcome.EMPTY : Outcome.OK,
        OK,
        bytes,
        count);
  }

  private long single(String path, ObjectNode object) throws IOException {
    try (var entry = archive.open(path)) {
      try (JsonGenerator yaml = YAML.createGenerator(new Unclosed(entry))) {
        Output.tree(yaml, object);
      }
      return entry.bytes();
    }
  }

  private void record(
      ItemId id, @Nullable String path, Outcome outcome, int code, long bytes, long count) {
    var text = id.toString();
    items.add(
        new CollectedItem(
            text,
            id.source(),
            path,
            outcome,
            code,
            bytes,
            count,
            4 + Names.number(plan.seed(), text, 90),
            1,
            id.source().equals("istiod") ? id.parts().get(1) : null,
            null));
  }

  /// Writes the record itself.
  void finish() throws IOException {
    archive.write(Layout.timestamp(plan.cluster()), plan.time() + "\n");
    var outcomes = new TreeMap<String, Long>();
    var bytes = 0L;
    try (var entry = archive.open(Layout.COLLECTION)) {
      for (var item : items) {
        outcomes.merge(item.outcome().word(), 1L, Long::sum);
        bytes += item.bytes();
        entry.write((SnapshotJson.line(item) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    var phases = new TreeMap<String, Long>();
    phases.put("collect", 21_000L);
    var context = "synthetic-" + plan.cluster();
    archive.write(
        Layout.MANIFEST,
        SnapshotJson.text(
            new Manifest(
                Layout.VERSION,
                "bug-report synthetic",
                List.of("synthetic", "--plan", plan.name()),
                plan.time(),
                plan.time().plusSeconds(21),
                null,
                List.of(new Manifest.ClusterEntry(plan.cluster(), context, Mesh.KUBERNETES)),
                outcomes,
                bytes,
                new TreeMap<>(),
                phases,
                null)));
  }

  /// A stream that a generator may close without ending the entry.
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
