package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.pods.Pod;
import io.bugreport.collector.selection.Role;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Asks one data-plane pod: a proxy's Envoy and agent, or a ztunnel.
public final class ProxyTask implements Task {
  private static final String PROXY = "istio-proxy";
  private static final String ZTUNNEL = "ztunnel";

  private final EndpointSetting setting;
  private final Pod pod;
  private final String container;
  private final Map<Endpoint, Item> items = new EnumMap<>(Endpoint.class);

  private ProxyTask(EndpointSetting setting, Pod pod, String container, List<Endpoint> endpoints) {
    this.setting = setting;
    this.pod = pod;
    this.container = container;
    endpoints.forEach(e -> items.put(e, setting.plan(pod, container, e)));
  }

  /// Plans what a pod's proxy is asked.
  ///
  /// @return empty for a pod in which no proxy runs
  public static Optional<Task> of(EndpointSetting setting, Pod pod) {
    if (pod.running(PROXY).isPresent() && pod.role() != Role.ZTUNNEL) {
      var endpoints =
          Stream.concat(Endpoint.of(Server.ENVOY).stream(), Endpoint.of(Server.AGENT).stream())
              .toList();
      return Optional.of(new ProxyTask(setting, pod, PROXY, endpoints));
    }
    if (pod.role() == Role.ZTUNNEL) {
      return pod.containers().stream()
          .filter(c -> c.running() && (c.name().equals(PROXY) || c.name().equals(ZTUNNEL)))
          .findFirst()
          .map(c -> new ProxyTask(setting, pod, c.name(), Endpoint.of(Server.ZTUNNEL)));
    }
    return Optional.empty();
  }

  @Override
  public String node() {
    return pod.node();
  }

  @Override
  public void settle() {
    var _ = setting.isReachable(pod, items.values());
  }

  @Override
  public void run() throws IOException {
    if (!setting.isReachable(pod, items.values())) {
      return;
    }
    try (var ports = setting.ports(pod, container, items.keySet())) {
      for (var asked : items.entrySet()) {
        ports.collect(
            EndpointRequest.of(asked.getKey()),
            asked.getValue(),
            setting.path(pod, container, asked.getKey()),
            setting.deadline().get(),
            OutputStream.nullOutputStream());
      }
    }
  }

  @Override
  public void fail(Exception failure) {
    items.values().forEach(item -> item.finish(Failures.nothing(failure)));
  }
}
