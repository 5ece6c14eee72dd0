package io.bugreport.collector.resources;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.rights.Need;
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
  public void settle() {
    var leftOut = leftOut();
    if (!leftOut.isEmpty()) {
      parts.forEach(p -> p.item().finish(Result.nothing(Outcome.SKIPPED, 0, leftOut)));
      return;
    }
    if (endForbidden() && wholeCluster && type.namespaced()) {
      planInEachNamespace();
      endForbidden();
    }
  }

  /// Ends the parts that there is no right to.
  ///
  /// @return whether there are any
  private boolean endForbidden() {
    var any = false;
    for (var part : parts) {
      if (!part.item().isDone()
          && setting.rights().forbids("list", type.group(), type.plural(), part.namespace())) {
        part.item().finish(Rights.missing("list", type.group(), type.plural(), part.namespace()));
        any = true;
      }
    }
    return any;
  }

  @Override
  public void run() throws IOException {
    settle();
    if (collectAll() && wholeCluster && type.namespaced()) {
      planInEachNamespace();
      endForbidden();
      collectAll();
    }
  }

  /// @return whether the server forbade any
  private boolean collectAll() throws IOException {
    var forbidden = false;
    for (var part : List.copyOf(parts)) {
      if (!part.item().isDone()) {
        forbidden |= collect(part);
      }
    }
    return forbidden;
  }

  /// The rights that it makes use of.
  List<Need> needs() {
    return leftOut().isEmpty()
        ? parts.stream()
            .map(
                p ->
                    setting.rights().need(p.namespace(), type.group(), type.plural(), type.verbs()))
            .toList()
        : List.of();
  }

  private String leftOut() {
    if (!type.namespaced() && !setting.scope().clusterScoped()) {
      return "left out by --no-cluster-scoped";
    }
    return type.isSecret() && !setting.scope().secrets() ? "left out by --no-secrets" : "";
  }

  private void planInEachNamespace() {
    var namespaces =
        setting.knownNamespaces().get().stream()
            .filter(n -> setting.scope().takesObjectsOf(n))
            .toList();
    var first = parts.size();
    planIn(namespaces);
    parts.stream()
        .skip(first + (long) NAMESPACES)
        .forEach(
            part ->
                part.item()
                    .finish(
                        Result.nothing(
                            Outcome.SKIPPED,
                            0,
                            "forbidden in the whole cluster, and asked in "
                                + NAMESPACES
                                + " namespaces only; name this one with --namespace")));
  }

  /// @return whether the list is forbidden
  private boolean collect(Part part) throws IOException {
    try (var files = ObjectFiles.oneForEachNamespace(setting.evidence(), setting.cluster(), type)) {
      return new ResourceListing(
              setting.api(),
              type,
              new ResourceListing.Part(part.namespace(), ""),
              part.item(),
              setting.deadline(),
              this::isWanted,
              seen)
          .collect(files);
    }
  }

  private boolean isWanted(ListedObject object) {
    return object.namespace().isEmpty() || setting.scope().takesObjectsOf(object.namespace());
  }

  @Override
  public void fail(Exception failure) {
    parts.forEach(part -> part.item().finish(Failures.nothing(failure)));
  }
}
