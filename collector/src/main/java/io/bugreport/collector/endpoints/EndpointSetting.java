package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.pods.Pod;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.snapshot.ItemId;
import java.util.Collection;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the endpoints of all pods of a cluster have in common.
///
/// @param deadline begins the time for one answer
/// @param answerBytes bytes kept of one answer
/// @param nameTables name tables asked of one istiod
/// @param namespaces the only namespaces whose proxies are wanted; empty for all
public record EndpointSetting(
    String cluster,
    ApiServer api,
    Ledger ledger,
    Evidence evidence,
    Supplier<Deadline> deadline,
    long answerBytes,
    int nameTables,
    SequencedSet<String> namespaces) {

  PodPorts ports(Pod pod, String container, Collection<Endpoint> endpoints) {
    var ports =
        endpoints.stream().map(Endpoint::port).collect(Collectors.toCollection(TreeSet::new));
    return new PodPorts(api, evidence, pod, container, ports, answerBytes);
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
