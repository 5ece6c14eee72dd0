package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CLUSTERS;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.envoy.UpstreamCluster.Host;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Outlier detection has taken hosts of a service out: they answered with errors, one after the
/// other, and this proxy sends them nothing until their time is over. With half of a service's
/// hosts out the rest may not be able to carry the load, and with all of them out requests fail
/// with `503 UH`, or go to hosts that are known to be bad.
///
/// Outlier detection is on only where a `DestinationRule` turns it on. The hosts are the symptom:
/// the application behind them fails, or the rule is too strict for it.
///
/// ## Fix
///
/// See why the hosts fail, and what the rule allows:
///
/// ```sh
/// kubectl -n NAMESPACE get pods -o wide | grep ADDRESS
/// kubectl get destinationrules -A -o yaml | grep -B20 -A8 outlierDetection
/// ```
///
/// `consecutive5xxErrors`, `baseEjectionTime` and `maxEjectionPercent` say how soon, how long and
/// how many.
@Check(
    codes = "ENV-14",
    title = "Hosts that outlier detection has taken out",
    severity = Severity.WARNING,
    endpoints = ENVOY_CLUSTERS,
    follows = "*")
public final class EjectedHosts implements ProxyAnalyzer<Map<EjectedHosts.Ejection, Observation>> {
  private static final int SHOWN = 3;

  /// What several proxies see alike is one finding.
  record Ejection(String cluster, String upstream, List<String> ejected, int hosts) {
    Ejection {
      ejected = List.copyOf(ejected);
    }

    boolean isGrave() {
      return ejected.size() * 100 >= hosts * Thresholds.EJECTED_PERCENT;
    }

    String text() {
      return "%s out of %d hosts of %s are ejected: %s%s."
          .formatted(
              ejected.size(),
              hosts,
              upstream,
              String.join(", ", ejected.subList(0, Math.min(SHOWN, ejected.size()))),
              ejected.size() > SHOWN ? "…" : "");
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<Ejection, Observation> found = new LinkedHashMap<>();
    for (var ofProxy : mesh.proxies(this)) {
      ofProxy.forEach(
          (ejection, observation) ->
              found.merge(ejection, observation, (known, _) -> known.with(observation.resource())));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public Set<Section> sections() {
    return Set.of();
  }

  @Override
  public ProxyReader<Map<Ejection, Observation>> reader(ProxyPass pass) {
    Map<Ejection, Observation> found = new LinkedHashMap<>();
    return new ProxyReader<>() {
      @Override
      public void upstream(UpstreamCluster cluster) {
        var ejected = cluster.hosts().stream().filter(Host::isEjected).toList();
        if (!ejected.isEmpty()) {
          var ejection =
              new Ejection(
                  pass.pod().cluster(),
                  cluster.name(),
                  ejected.stream().map(Host::address).sorted().toList(),
                  cluster.hosts().size());
          found.put(ejection, observation(pass.pod(), ejection, ejected.getFirst()));
        }
      }

      @Override
      public Map<Ejection, Observation> result() {
        return found;
      }
    };
  }

  private static Observation observation(ResourceId proxy, Ejection ejection, Host host) {
    var observation =
        Observation.of(proxy, host.location(), ejection.text())
            .tie(Ties.upstream(ejection.upstream()));
    return ejection.isGrave() ? observation.severity(Severity.ERROR) : observation;
  }
}
