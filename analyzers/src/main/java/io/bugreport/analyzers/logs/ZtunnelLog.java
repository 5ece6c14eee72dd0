package io.bugreport.analyzers.logs;

import static io.bugreport.model.finding.Severity.ERROR;
import static io.bugreport.model.finding.Severity.WARNING;

import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.LogPattern;
import java.util.List;

/// ztunnel carries the traffic of ambient workloads and says in its log which connections it could
/// not make.
///
/// - `AMB-08`: connections to port 15008 of other nodes run into their time limit. Mostly a
///   NetworkPolicy lets the application's port through and not 15008, by which all ambient traffic
///   goes.
/// - `AMB-09`: it does not know a waypoint or a network's gateway, has no certificate, or a policy
///   refuses the connection.
///
/// ## Fix
///
/// See what policies let through, and which connections fail:
///
/// ```sh
/// kubectl get networkpolicies -A
/// kubectl -n istio-system logs ds/ztunnel --since=1h | grep -E 'error|warn'
/// istioctl ztunnel-config workloads
/// ```
///
/// Allow TCP to port 15008 from all pods of the mesh. Refused by a policy is what an
/// `AuthorizationPolicy` may be meant to do.
@Check(
    codes = {"AMB-08", "AMB-09"},
    title = "Connections that ztunnel could not make",
    severity = Severity.ERROR,
    sources = Source.ZTUNNEL_LOG)
public final class ZtunnelLog implements LogAnalyzer {
  private static final List<Sign> SIGNS =
      List.of(
          Sign.of(
              "AMB-08",
              ERROR,
              "ztunnel reaches no other node",
              "maybe a NetworkPolicy is blocking HBONE port 15008"),
          Sign.of(
              "AMB-09",
              ERROR,
              "ztunnel cannot make connections",
              "http status: 401 Unauthorized",
              "unknown waypoint",
              "unknown network gateway",
              "identity error",
              "invalid peer certificate",
              "failed to fetch information about local workload"),
          Sign.of(
              "AMB-09",
              WARNING,
              "A policy refuses connections",
              "connection closed due to policy rejection"));

  @Override
  public List<LogPattern> patterns() {
    return Sign.patterns(SIGNS);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    return Sign.observed(mesh, SIGNS);
  }
}
