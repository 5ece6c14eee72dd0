package io.bugreport.analyzers.dns;

import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// istiod allocates addresses to hosts of ServiceEntries and writes them into their status. Two
/// different hosts have got the same one: requests to one of them reach the other. Or an address
/// belongs to a host that the entry no longer has: its new hosts have none, and do not resolve.
///
/// Found of Istio 1.25 and later, where the status has addresses. An address that an entry declares
/// itself counts as well.
///
/// ## Fix
///
/// Take the address away from one of the entries, the newer one of two; istiod allocates another:
///
/// ```sh
/// kubectl -n NAMESPACE patch serviceentry NAME --subresource=status --type=json \
///   -p '[{"op":"remove","path":"/status/addresses"}]'
/// ```
@Check(
    codes = "DNS-04",
    title = "Allocated address of two hosts, or of a host that is gone",
    severity = Severity.ERROR,
    resources = SERVICE_ENTRY)
public final class AllocatedAddressConflict implements Analyzer {

  private record Address(String cluster, String value) {}

  private record Holder(Resource entry, String host) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    Map<Address, Holder> holders = new HashMap<>();
    var entries = mesh.all(SERVICE_ENTRY);
    for (var entry : entries) {
      var host = entry.text("spec.hosts.*");
      for (var declared : entry.fields("spec.addresses.*")) {
        holders.putIfAbsent(
            new Address(entry.id().cluster(), declared.text()), new Holder(entry, host));
      }
    }
    for (var entry : entries) {
      Set<String> hosts = new HashSet<>();
      entry.fields("spec.hosts.*").forEach(h -> hosts.add(h.text()));
      for (var allocated : entry.fields("status.addresses.*")) {
        var host = allocated.text("host");
        var value = allocated.text("value");
        if (!host.isEmpty() && !hosts.contains(host)) {
          observations.add(stale(entry, allocated, host, value));
          continue;
        }
        var address = new Address(entry.id().cluster(), value);
        var other = holders.putIfAbsent(address, new Holder(entry, host));
        if (other != null && !other.host().equals(host)) {
          observations.add(
              Observation.of(
                      entry,
                      allocated.field("value").orElse(allocated),
                      "%s has the address %s, and so has %s of %s/%s: requests to one reach the other."
                          .formatted(
                              host,
                              value,
                              other.host(),
                              other.entry().namespace(),
                              other.entry().name()))
                  .and(other.entry().location())
                  .with(other.entry().id()));
        }
      }
    }
    return observations;
  }

  private static Observation stale(Resource entry, Field allocated, String host, String value) {
    return Observation.of(
            entry,
            allocated.field("host").orElse(allocated),
            "The address %s is allocated to %s, which is not among the entry's hosts."
                .formatted(value, host))
        .severity(Severity.WARNING);
  }
}
