package io.bugreport.collector.resources;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Collects all objects of one kind: in the whole cluster, and where that is forbidden in each
/// namespace that is known.
final class ResourceTask implements Task {
  /// With more namespaces than this, asking in each for what is forbidden in the whole would be
  /// thousands of requests.
  private static final int NAMESPACES = 50;

  /// What lists have in common.
  ///
  /// @param knownNamespaces where to look if the whole cluster is forbidden
  record Setting(
      String cluster,
      ApiServer api,
      Ledger ledger,
      Evidence evidence,
      Supplier<Deadline> deadline,
      Supplier<Collection<String>> knownNamespaces) {}

  private final Setting setting;
  private final ResourceType type;
  private final Consumer<Node.Mapping> seen;
  private final boolean wholeCluster;
  private final List<Scope> scopes = new ArrayList<>();

  private record Scope(String namespace, Item item) {}

  /// Plans its items.
  ///
  /// @param namespaces the only namespaces that are wanted; empty for the whole cluster
  ResourceTask(
      Setting setting,
      ResourceType type,
      Collection<String> namespaces,
      Consumer<Node.Mapping> seen) {
    this.setting = setting;
    this.type = type;
    this.seen = seen;
    this.wholeCluster = namespaces.isEmpty() || !type.namespaced();
    if (wholeCluster) {
      var id = ItemId.resources(setting.cluster(), type.group(), type.plural());
      scopes.add(new Scope("", setting.ledger().plan(id, path("*"))));
    } else {
      planIn(namespaces);
    }
  }

  private void planIn(Collection<String> namespaces) {
    for (var namespace : namespaces) {
      var id = ItemId.resources(setting.cluster(), type.group(), type.plural(), namespace);
      scopes.add(new Scope(namespace, setting.ledger().plan(id, path(namespace))));
    }
  }

  private String path(String namespace) {
    var path =
        type.namespaced()
            ? Layout.list(setting.cluster(), namespace, type.group(), type.plural())
            : Layout.object(setting.cluster(), type.group(), type.plural(), namespace);
    return path.replace(Layout.segment("*"), "*");
  }

  @Override
  public void run() throws IOException {
    var forbidden = false;
    for (var scope : List.copyOf(scopes)) {
      forbidden |= collect(scope);
    }
    if (forbidden && wholeCluster && type.namespaced()) {
      inEachNamespace();
    }
  }

  private void inEachNamespace() throws IOException {
    var namespaces = setting.knownNamespaces().get();
    var asked = namespaces.stream().limit(NAMESPACES).toList();
    scopes.clear();
    planIn(namespaces);
    for (var scope : scopes) {
      if (asked.contains(scope.namespace())) {
        collect(scope);
      } else {
        scope
            .item()
            .finish(
                Result.nothing(
                    Outcome.SKIPPED,
                    0,
                    "forbidden in the whole cluster, and asked in "
                        + NAMESPACES
                        + " namespaces only; name this one with --namespace"));
      }
    }
  }

  private boolean collect(Scope scope) throws IOException {
    return new ResourceListing(
            setting.api(), type, scope.namespace(), scope.item(), setting.deadline(), seen)
        .collect(setting.evidence(), setting.cluster());
  }

  @Override
  public void fail(Exception failure) {
    scopes.forEach(scope -> scope.item().finish(Failures.nothing(failure)));
  }
}
