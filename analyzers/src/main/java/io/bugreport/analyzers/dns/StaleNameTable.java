package io.bugreport.analyzers.dns;

import static io.bugreport.model.endpoint.Endpoint.AGENT_NAME_TABLE;
import static io.bugreport.model.endpoint.Endpoint.ISTIOD_NAME_TABLE;
import static io.bugreport.model.endpoint.Endpoint.ISTIOD_SYNCZ;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.istiod.NameTable;
import io.bugreport.model.istiod.SyncStatus;
import io.bugreport.model.istiod.SyncStatus.TypeStatus;
import io.bugreport.model.snapshot.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The agent's DNS proxy answers from another table of names than the one that istiod has for this
/// proxy. Names that it lacks do not resolve in the pod, or go to the cluster's DNS; names with old
/// addresses lead to services that are gone. Other pods resolve the same names correctly, which
/// makes this hard to see from outside.
///
/// Only what istiod has is looked for: the agent adds short forms of each name, so its own table is
/// always the larger one. The two tables are read a few seconds apart. Where istiod counts its last
/// table as accepted, the difference may be a change of just that moment, and is only a warning.
///
/// ## Fix
///
/// See whether the proxy is connected, and whether it accepts what it is sent:
///
/// ```sh
/// istioctl proxy-status POD.NAMESPACE
/// kubectl -n NAMESPACE logs POD -c istio-proxy --since=1h | grep -iE 'nds|xdsproxy|upstream'
/// ```
///
/// A new agent asks for the whole table:
///
/// ```sh
/// kubectl -n NAMESPACE delete pod POD
/// ```
@Check(
    codes = "DNS-05",
    title = "Stale DNS name table in the agent",
    severity = Severity.ERROR,
    endpoints = {AGENT_NAME_TABLE, ISTIOD_NAME_TABLE, ISTIOD_SYNCZ})
public final class StaleNameTable implements Analyzer {

  private record Agent(Answer answer, NameTable table) {}

  private record Proxy(String cluster, ProxyId id) {}

  @Override
  public List<Observation> analyze(Mesh mesh) {
    var agents = new Agents(mesh.answers(AGENT_NAME_TABLE));
    var sync = sync(mesh);
    List<Observation> observations = new ArrayList<>();
    // Two tables are held at a time.
    for (var answer : mesh.answers(ISTIOD_NAME_TABLE)) {
      var proxy = answer.about().orElseThrow();
      agents
          .of(new Proxy(answer.from().cluster(), proxy))
          .flatMap(agent -> table(mesh, agent).map(table -> new Agent(agent, table)))
          .flatMap(
              agent ->
                  table(mesh, answer)
                      .flatMap(t -> observation(agent, t, Optional.ofNullable(sync.get(proxy)))))
          .ifPresent(observations::add);
    }
    return observations;
  }

  private static Optional<NameTable> table(Mesh mesh, Answer answer) {
    return mesh.read(answer, NameTable::read).filter(table -> !table.isEmpty());
  }

  /// What istiod says about the name table of each proxy. The replica to which a proxy is connected
  /// is the one that has such a line.
  private static Map<ProxyId, TypeStatus> sync(Mesh mesh) {
    Map<ProxyId, TypeStatus> byProxy = new HashMap<>();
    for (var answer : mesh.answers(ISTIOD_SYNCZ)) {
      for (var row : mesh.read(answer, SyncStatus::read).orElse(List.of())) {
        var status = row.byType().get(SyncStatus.NAME_TABLE);
        if (status != null && !status.sent().isEmpty()) {
          ProxyId.parse(row.proxy()).ifPresent(proxy -> byProxy.putIfAbsent(proxy, status));
        }
      }
    }
    return byProxy;
  }

  private static Optional<Observation> observation(
      Agent agent, NameTable wanted, Optional<TypeStatus> sync) {
    var difference = NameDifference.of(wanted, agent.table());
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    var message =
        "The agent's name table "
            + difference.text()
            + "."
            + sync.map(StaleNameTable::clause).orElse("");
    var observation =
        Observation.of(agent.answer().pod(), agent.table().location(), message)
            .and(wanted.location());
    if (sync.isEmpty()) {
      return Optional.of(observation);
    }
    observation = observation.and(sync.get().location());
    return Optional.of(
        sync.get().isBehind() ? observation : observation.severity(Severity.WARNING));
  }

  private static String clause(TypeStatus status) {
    if (!status.isBehind()) {
      return " istiod counts its last table as accepted: collect again to see whether it lasts.";
    }
    var when = status.sentTime().isEmpty() ? "" : " of " + status.sentTime();
    return " The proxy has not accepted istiod's table"
        + when
        + (status.lastError().isEmpty()
            ? "."
            : ": \"" + status.lastError().lines().findFirst().orElse("").strip() + "\".");
  }

  /// The answers of all agents. One istiod serves proxies of several clusters, so a proxy that is
  /// not in istiod's own is looked for in the others, if it is in only one of them.
  private static final class Agents {
    private final Map<Proxy, Answer> byProxy = new HashMap<>();
    private final Map<ProxyId, List<Answer>> byId = new HashMap<>();

    Agents(Iterable<Answer> answers) {
      for (var answer : answers) {
        byProxy.put(new Proxy(answer.from().cluster(), answer.proxy()), answer);
        byId.computeIfAbsent(answer.proxy(), _ -> new ArrayList<>()).add(answer);
      }
    }

    Optional<Answer> of(Proxy proxy) {
      var near = byProxy.get(proxy);
      var anywhere = byId.getOrDefault(proxy.id(), List.of());
      return near == null && anywhere.size() == 1
          ? Optional.of(anywhere.getFirst())
          : Optional.ofNullable(near);
    }
  }
}
