package io.bugreport.analyzers.dns;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;

import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `ServiceEntry` has a TCP port and no address. TCP carries no host name, so a proxy can tell
/// such a service from others only by its address: without one, the entry takes the whole port, and
/// every other service on it is hidden.
///
/// istiod gives addresses out by itself since Istio 1.25 and writes them to the entry's status;
/// then nothing is found here. Nor where the mesh turns on `ISTIO_META_DNS_CAPTURE` together with
/// `ISTIO_META_DNS_AUTO_ALLOCATE` or `PILOT_ENABLE_IP_AUTOALLOCATE`.
///
/// ## Fix
///
/// Write the address that clients connect to:
///
/// ```yaml
/// spec:
///   hosts: [db.example.com]
///   addresses: [192.0.2.10]
/// ```
///
/// or let istiod allocate one, with the DNS proxy on (`meshConfig.defaultConfig.proxyMetadata`):
///
/// ```yaml
/// proxyMetadata:
///   ISTIO_META_DNS_CAPTURE: "true"
///   ISTIO_META_DNS_AUTO_ALLOCATE: "true"
/// ```
@Check(
    codes = "IST0134",
    title = "TCP ServiceEntry without an address",
    severity = Severity.WARNING,
    resources = {SERVICE_ENTRY, CONFIG_MAP},
    istioctlAnalyzer = "serviceentry.Analyzer")
public final class ServiceEntryWithoutAddress implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    if (allocates(MeshConfig.of(mesh.all(CONFIG_MAP)))) {
      return observations;
    }
    for (var entry : mesh.all(SERVICE_ENTRY)) {
      if (!entry.fields("spec.addresses.*").isEmpty()
          || !entry.fields("status.addresses.*").isEmpty()) {
        continue;
      }
      for (var port : entry.fields("spec.ports.*")) {
        if (isTcp(port)) {
          observations.add(
              Observation.of(
                  entry,
                  port.named("number").orElse(port),
                  "The entry takes the whole of TCP port %s: it has no address."
                      .formatted(port.text("number"))));
        }
      }
    }
    return observations;
  }

  private static boolean isTcp(Field port) {
    var protocol = port.text("protocol");
    return protocol.isEmpty() || protocol.equalsIgnoreCase("TCP");
  }

  private static boolean allocates(MeshConfig config) {
    return config.proxyMetadata("ISTIO_META_DNS_CAPTURE").equals("true")
        && (config.proxyMetadata("ISTIO_META_DNS_AUTO_ALLOCATE").equals("true")
            || config.proxyMetadata("PILOT_ENABLE_IP_AUTOALLOCATE").equals("true"));
  }
}
