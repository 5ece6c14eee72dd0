package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.pods.Pod;
import io.bugreport.collector.rights.Rights;
import io.bugreport.collector.selection.Scope;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.snapshot.ItemId;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the endpoints of all pods of a cluster have in common.
///
/// @param deadline begins the time for one answer
/// @param answerBytes bytes kept of one answer
/// @param nameTables name tables asked of one istiod
/// @param scope which proxies are of interest to an istiod
/// @param rights whether pods may be reached at all
public record EndpointSetting(
    String cluster,
    ApiServer api,
    Ledger ledger,
    Evidence evidence,
    Supplier<Deadline> deadline,
    long answerBytes,
    int nameTables,
    Scope scope,
    Rights rights) {
  private static final String FORWARD = "pods/portforward";
  private static final String EXEC = "pods/exec";

  PodPorts ports(Pod pod, String container, Collection<Endpoint> endpoints) {
    var ports =
        endpoints.stream().map(Endpoint::port).collect(Collectors.toCollection(TreeSet::new));
    return new PodPorts(api, evidence, pod, container, ports, answerBytes);
  }

  /// Ends items of a pod that can be reached in no way.
  ///
  /// @return whether there is a way
  boolean isReachable(Pod pod, Collection<Item> items) {
    var closed =
        rights.forbids("get", "", FORWARD, pod.namespace())
            && rights.forbids("get", "", EXEC, pod.namespace());
    if (closed) {
      var why = Rights.missing("get", "", FORWARD + " or " + EXEC, pod.namespace());
      items.forEach(item -> item.finish(why));
    }
    return !closed;
  }

  String path(Pod pod, String container, Endpoint endpoint) {
    return Layout.answer(cluster, pod.namespace(), pod.name(), container, endpoint.file());
  }

  Item plan(Pod pod, String container, Endpoint endpoint) {
    return ledger.plan(
        ItemId.answer(cluster, pod.namespace(), pod.name(), container, endpoint),
        path(pod, container, endpoint),
        replica(pod, endpoint));
  }

  static @Nullable String replica(Pod pod, Endpoint endpoint) {
    return endpoint.server() == Server.ISTIOD ? pod.name() : null;
  }
}
