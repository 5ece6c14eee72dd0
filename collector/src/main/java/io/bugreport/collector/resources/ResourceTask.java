package io.bugreport.collector.resources;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.rights.Rights;
import io.bugreport.collector.selection.Scope;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Supplier;

/// Collects all objects of one kind: in the whole cluster, and where that is forbidden in each
/// namespace that is known.
final class ResourceTask implements Task {
  /// With more namespaces than this, asking in each for what is forbidden in the whole would be
  /// thousands of requests.
  private static final int NAMESPACES = 50;

  /// What lists have in common.
  ///
  /// @param namespaces the namespaces to ask in; empty for the whole cluster
  /// @param knownNamespaces where to look if the whole cluster is forbidden
  record Setting(
      String cluster,
      ApiServer api,
      Ledger ledger,
      Evidence evidence,
      Supplier<Deadline> deadline,
      Scope scope,
      Rights rights,
      SequencedSet<String> namespaces,
      Supplier<Collection<String>> knownNamespaces) {}

  private final Setting setting;
  private final ResourceType type;
  private final ObjectListener seen;
  private final boolean wholeCluster;
  private final List<Part> parts = new ArrayList<>();

  private record Part(String namespace, Item item) {}

  /// Plans its items.
  ResourceTask(Setting setting, ResourceType type, ObjectListener seen) {
    this.setting = setting;
    this.type = type;
    this.seen = seen;
    this.wholeCluster = setting.namespaces().isEmpty() || !type.namespaced();
    if (wholeCluster) {
      var id = ItemId.resources(setting.cluster(), type.group(), type.plural());
      parts.add(new Part("", setting.ledger().plan(id, path("*"))));
    } else {
      planIn(setting.namespaces());
    }
  }

  private void planIn(Collection<String> namespaces) {
    for (var namespace : namespaces) {
      var id = ItemId.resources(setting.cluster(), type.group(), type.plural(), namespace);
      parts.add(new Part(namespace, setting.ledger().plan(id, path(namespace))));
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
    var leftOut = leftOut();
    if (!leftOut.isEmpty()) {
      parts.forEach(p -> p.item().finish(Result.nothing(Outcome.SKIPPED, 0, leftOut)));
      return;
    }
    var forbidden = false;
    for (var part : List.copyOf(parts)) {
      forbidden |= collect(part);
    }
    if (forbidden && wholeCluster && type.namespaced()) {
      inEachNamespace();
    }
  }

  private String leftOut() {
    if (!type.namespaced() && !setting.scope().clusterScoped()) {
      return "left out by --no-cluster-scoped";
    }
    return type.isSecret() && !setting.scope().secrets() ? "left out by --no-secrets" : "";
  }

  private void inEachNamespace() throws IOException {
    var namespaces =
        setting.knownNamespaces().get().stream().filter(setting.scope()::takesObjectsOf).toList();
    var asked = namespaces.stream().limit(NAMESPACES).toList();
    parts.clear();
    planIn(namespaces);
    for (var part : parts) {
      if (asked.contains(part.namespace())) {
        collect(part);
      } else {
        part.item()
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

  /// @return whether the list is forbidden
  private boolean collect(Part part) throws IOException {
    if (setting.rights().forbids("list", type.group(), type.plural(), part.namespace())) {
      part.item().finish(Rights.missing("list", type.group(), type.plural(), part.namespace()));
      return true;
    }
    return new ResourceListing(
            setting.api(),
            type,
            part.namespace(),
            part.item(),
            setting.deadline(),
            setting.scope()::takesObjectsOf,
            seen)
        .collect(setting.evidence(), setting.cluster());
  }

  @Override
  public void fail(Exception failure) {
    parts.forEach(part -> part.item().finish(Failures.nothing(failure)));
  }
}
