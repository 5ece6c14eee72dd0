package io.bugreport.collector.resources;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.DocumentWriter;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.EvidenceException;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.rights.Need;
import io.bugreport.collector.rights.Rights;
import io.bugreport.collector.selection.Scope;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Version, discovery and all objects of a cluster.
public final class ClusterObjects {
  private static final int VERSION_BYTES = 64 << 10;

  /// With more namespaces than this the whole cluster is listed, and what is not wanted passes by.
  private static final int NAMESPACES = 20;

  private final String cluster;
  private final ApiServer api;
  private final Ledger ledger;
  private final Evidence evidence;
  private final Supplier<Deadline> deadline;
  private final Scope scope;
  private final Rights rights;
  private final SequencedSet<String> known = new TreeSet<>();

  /// Prepares the collection of a cluster.
  ///
  /// @param scope which objects are wanted
  /// @param rights what may be asked for
  /// @param ownNamespace the namespace of the kubeconfig context, or null
  public ClusterObjects(
      String cluster,
      ApiServer api,
      Ledger ledger,
      Evidence evidence,
      Supplier<Deadline> deadline,
      Scope scope,
      Rights rights,
      @Nullable String ownNamespace) {
    this.cluster = cluster;
    this.api = api;
    this.ledger = ledger;
    this.evidence = evidence;
    this.deadline = deadline;
    this.scope = scope;
    this.rights = rights;
    if (ownNamespace != null && !ownNamespace.isBlank()) {
      known.add(ownNamespace);
    }
  }

  /// Told of objects that pass.
  @FunctionalInterface
  public interface Passing {
    void accept(String kind, Node.Mapping object) throws IOException;
  }

  /// The lists of a cluster.
  ///
  /// @param namespaces the list of namespaces, on which others hang; empty where there is none
  /// @param pods the list of pods, likewise
  /// @param elsewhere the search for pods that serve the mesh outside of the listed namespaces
  /// @param others all other lists
  /// @param needs the rights that they make use of
  /// @param signingRequests whether there are certificate signing requests that may be watched
  public record Lists(
      List<Task> namespaces,
      List<Task> pods,
      List<Task> elsewhere,
      List<Task> others,
      List<Need> needs,
      boolean signingRequests) {
    public Lists {
      namespaces = List.copyOf(namespaces);
      pods = List.copyOf(pods);
      elsewhere = List.copyOf(elsewhere);
      others = List.copyOf(others);
      needs = List.copyOf(needs);
    }
  }

  /// Collects the server's version.
  ///
  /// @return such as `v1.33.1`; null where it did not say
  public @Nullable String version() throws IOException {
    var item = ledger.plan(ItemId.single(cluster, "version"), Layout.version(cluster));
    try (var response = api.getRetrying("/version", "application/json", item, deadline.get())) {
      var body = response.body().readNBytes(VERSION_BYTES);
      evidence.write(Layout.version(cluster), new String(body, StandardCharsets.UTF_8));
      item.finish(Result.ok(response.code(), body.length));
      return gitVersion(body);
    } catch (EvidenceException e) {
      throw e;
    } catch (IOException e) {
      item.finish(Failures.nothing(e));
      return null;
    }
  }

  private static @Nullable String gitVersion(byte[] body) {
    try (var parser = DocumentReader.json(new ByteArrayInputStream(body))) {
      if (parser.nextToken() != null) {
        var version = new Field("", "", DocumentReader.read(parser)).text("gitVersion");
        return version.isEmpty() ? null : version;
      }
    } catch (JacksonException _) {
      // What answers is kept as it is; it just does not tell its version.
    }
    return null;
  }

  /// Collects what the server serves, and plans a list of each kind.
  ///
  /// @param pods told of each pod
  /// @param servesMesh whether a pod serves the mesh, and is taken wherever it is
  /// @param stores told of each Secret and ConfigMap, as the API server sent it
  public Lists discover(
      Consumer<Node.Mapping> pods, Predicate<Node.Mapping> servesMesh, Passing stores)
      throws IOException {
    return lists(types(), pods, servesMesh, stores);
  }

  private List<ResourceType> types() throws IOException {
    var item = ledger.plan(ItemId.single(cluster, "discovery"), Layout.discovery(cluster));
    var discovery = new Discovery(api, item, deadline);
    try {
      discovery.ask();
    } catch (IOException e) {
      item.finish(Failures.nothing(e));
      return List.of();
    }
    var document = discovery.document();
    evidence.write(Layout.discovery(cluster), json(document));
    item.finish(Result.ok(200, discovery.bytes()));
    discovery
        .unavailable()
        .forEach((group, failure) -> groupFailed(group, Failures.nothing(failure)));
    ResourceTypes.stale(document)
        .forEach((group, why) -> groupFailed(group, Result.nothing(Outcome.FAILED, 0, why)));
    return ResourceTypes.listable(document);
  }

  private void groupFailed(String group, Result result) {
    var id = new ItemId(cluster, "discovery", List.of(group.isEmpty() ? "core" : group));
    var item = ledger.plan(id, null);
    item.attempt();
    item.finish(result);
  }

  private Lists lists(
      List<ResourceType> types,
      Consumer<Node.Mapping> pods,
      Predicate<Node.Mapping> servesMesh,
      Passing stores) {
    var namespaces = scope.namespacesToList();
    var setting =
        new ResourceTask.Setting(
            cluster,
            api,
            ledger,
            evidence,
            deadline,
            scope,
            rights,
            namespaces.size() > NAMESPACES ? new TreeSet<>() : namespaces,
            this::namespaces);
    ObjectListener seen =
        (type, object) -> {
          if (type.isPod()) {
            pods.accept(object);
          } else if (type.isNamespace()) {
            know(object);
          } else if (type.isSecret() || type.isConfigMap()) {
            stores.accept(type.kind(), object);
          }
        };
    List<Task> first = new ArrayList<>();
    List<Task> second = new ArrayList<>();
    List<Task> elsewhere = new ArrayList<>();
    List<Task> others = new ArrayList<>();
    List<Need> needs = new ArrayList<>();
    for (var type : types) {
      var task = new ResourceTask(setting, type, seen);
      needs.addAll(task.needs());
      (type.isNamespace() ? first : type.isPod() ? second : others).add(task);
      if (type.isPod() && !setting.namespaces().isEmpty() && scope.looksOutside()) {
        var search = new MeshPodsElsewhere(setting, type, servesMesh, seen);
        needs.add(search.need());
        elsewhere.add(search);
      }
    }
    var signing = needs.stream().anyMatch(n -> n.verbs().contains(ResourceType.WATCH) && n.held());
    return new Lists(first, second, elsewhere, others, needs, signing);
  }

  private void know(Node.Mapping namespace) {
    synchronized (known) {
      known.add(new Field("", "", namespace).text("metadata.name"));
    }
  }

  private Collection<String> namespaces() {
    synchronized (known) {
      return List.copyOf(known);
    }
  }

  private static String json(Node.Mapping document) {
    var out = new ByteArrayOutputStream();
    try (var generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      DocumentWriter.write(document, generator);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
