package io.bugreport.collector.endpoints;

import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.pods.Pod;
import io.bugreport.collector.selection.Role;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// Asks one istiod replica: first what it has, then each of that, then the name tables of proxies
/// that are connected to it. One request at a time, since many of them cost it memory.
public final class IstiodTask implements Task {
  private static final String CONTAINER = "discovery";
  private static final String DEBUG = "/debug/";

  private final EndpointSetting setting;
  private final Pod pod;
  private final Map<Endpoint, Item> items = new EnumMap<>(Endpoint.class);
  private final List<Item> nameTables = new ArrayList<>();

  private IstiodTask(EndpointSetting setting, Pod pod) {
    this.setting = setting;
    this.pod = pod;
    Endpoint.of(Server.ISTIOD).stream()
        .filter(e -> !e.isPerProxy())
        .forEach(e -> items.put(e, setting.plan(pod, CONTAINER, e)));
  }

  /// Plans what an istiod is asked.
  ///
  /// @return empty for a pod in which no istiod runs
  public static Optional<Task> of(EndpointSetting setting, Pod pod) {
    return pod.role() == Role.ISTIOD && pod.running(CONTAINER).isPresent()
        ? Optional.of(new IstiodTask(setting, pod))
        : Optional.empty();
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
    var list = new ByteArrayOutputStream();
    var connections = new ConnectionIds();
    try (var ports = setting.ports(pod, CONTAINER, items.keySet())) {
      ask(ports, Endpoint.ISTIOD_LIST, list);
      var served = served(list);
      for (var endpoint : items.keySet()) {
        if (endpoint == Endpoint.ISTIOD_LIST) {
          continue;
        }
        if (isMissing(endpoint, served)) {
          item(endpoint)
              .finish(Result.nothing(Outcome.NOT_FOUND, 0, "this istiod has no such endpoint"));
        } else {
          ask(
              ports,
              endpoint,
              endpoint == Endpoint.ISTIOD_CONNECTIONS
                  ? connections
                  : OutputStream.nullOutputStream());
        }
      }
      if (!isMissing(Endpoint.ISTIOD_NAME_TABLE, served)) {
        nameTables(ports, connections);
      }
    }
  }

  private Item item(Endpoint endpoint) {
    var item = items.get(endpoint);
    if (item == null) {
      throw new IllegalStateException(endpoint + " is not planned");
    }
    return item;
  }

  private void ask(PodPorts ports, Endpoint endpoint, OutputStream also) throws IOException {
    ports.collect(
        EndpointRequest.of(endpoint),
        item(endpoint),
        setting.path(pod, CONTAINER, endpoint),
        setting.deadline().get(),
        also);
  }

  /// The names in the answer of `/debug/list`; empty where it did not tell (before Istio 1.12).
  private static Set<String> served(ByteArrayOutputStream list) {
    try (var parser = DocumentReader.json(new ByteArrayInputStream(list.toByteArray()))) {
      return parser.nextToken() == null
          ? Set.of()
          : new Field("", "", DocumentReader.read(parser))
              .children().stream().map(Field::text).collect(Collectors.toSet());
    } catch (JacksonException _) {
      return Set.of();
    }
  }

  private static boolean isMissing(Endpoint endpoint, Set<String> served) {
    var path = endpoint.isPerProxy() ? DEBUG + "ndsz" : endpoint.request();
    var name = path.replaceFirst("\\?.*", "");
    return !served.isEmpty()
        && endpoint != Endpoint.ISTIOD_LIST
        && name.startsWith(DEBUG)
        && !served.contains(name.substring(DEBUG.length()));
  }

  private void nameTables(PodPorts ports, ConnectionIds connections) throws IOException {
    var endpoint = Endpoint.ISTIOD_NAME_TABLE;
    record Planned(ProxyId proxy, Item item) {}
    List<Planned> planned = new ArrayList<>();
    for (var proxy : connections.proxies()) {
      if (setting.scope().reaches(proxy.namespace())) {
        var id =
            ItemId.answer(
                setting.cluster(), pod.namespace(), pod.name(), CONTAINER, endpoint, proxy);
        var item =
            setting
                .ledger()
                .plan(id, path(endpoint, proxy), EndpointSetting.replica(pod, endpoint));
        planned.add(new Planned(proxy, item));
        nameTables.add(item);
      }
    }
    for (var i = 0; i < planned.size(); i++) {
      var next = planned.get(i);
      if (i < setting.nameTables()) {
        ports.collect(
            EndpointRequest.of(endpoint, next.proxy()),
            next.item(),
            path(endpoint, next.proxy()),
            setting.deadline().get(),
            OutputStream.nullOutputStream());
      } else {
        next.item()
            .finish(
                Result.nothing(
                    Outcome.SKIPPED,
                    0,
                    "only " + setting.nameTables() + " name tables are asked of each istiod"));
      }
    }
  }

  private String path(Endpoint endpoint, ProxyId proxy) {
    return Layout.answer(
        setting.cluster(), pod.namespace(), pod.name(), CONTAINER, endpoint.file(proxy));
  }

  @Override
  public void fail(Exception failure) {
    items.values().forEach(item -> item.finish(Failures.nothing(failure)));
    nameTables.forEach(item -> item.finish(Failures.nothing(failure)));
  }
}
