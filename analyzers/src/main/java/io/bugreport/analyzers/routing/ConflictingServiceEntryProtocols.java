package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;

import io.bugreport.analyzers.mesh.Visibility;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Two `ServiceEntry` objects declare the same host and port with different protocols. Proxies that
/// see both can serve the port only one way; which one it is depends on the age of the entries, and
/// clients of the other protocol fail or lose their routes.
///
/// ## Fix
///
/// Declare the host in one entry, with one protocol for each port, or limit the entries to
/// different namespaces with `exportTo`:
///
/// ```sh
/// kubectl get serviceentries -A -o yaml | grep -B 8 -A 12 HOST
/// ```
@Check(
    codes = "IST0177",
    title = "ServiceEntries with different protocols for one port",
    severity = Severity.WARNING,
    resources = SERVICE_ENTRY,
    istioctlAnalyzer = "serviceentry.ConflictingServiceEntryProtocolAnalyzer")
public final class ConflictingServiceEntryProtocols implements Analyzer {

  private static final Comparator<Slot> ORDER =
      Comparator.comparing(Slot::host).thenComparing(Slot::port);

  private record Slot(String host, String port) {}

  private record Declaration(Resource entry, Field port, String protocol, Visibility visibility) {

    boolean conflictsWith(Declaration other) {
      return !protocol.equals(other.protocol)
          && !entry.id().equals(other.entry.id())
          && (visibility.isEverywhere()
              || other.visibility.isEverywhere()
              || !Collections.disjoint(visibility.scopes(), other.visibility.scopes()));
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<Slot, List<Declaration>> bySlot = new HashMap<>();
    for (var entry : mesh.all(SERVICE_ENTRY)) {
      var visibility = Visibility.of(entry);
      for (var host : entry.fields("spec.hosts.*")) {
        for (var port : entry.fields("spec.ports.*")) {
          bySlot
              .computeIfAbsent(new Slot(host.text(), port.text("number")), _ -> new ArrayList<>())
              .add(
                  new Declaration(
                      entry, port, port.text("protocol").toUpperCase(Locale.ROOT), visibility));
        }
      }
    }
    List<Observation> observations = new ArrayList<>();
    Set<ResourceId> said = new HashSet<>();
    bySlot.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .forEach(slot -> judge(slot.getKey(), slot.getValue(), said, observations));
    return observations;
  }

  private static void judge(
      Slot slot, List<Declaration> declared, Set<ResourceId> said, List<Observation> observations) {
    if (declared.stream().map(Declaration::protocol).distinct().count() < 2) {
      return;
    }
    for (var one : declared) {
      declared.stream()
          .filter(one::conflictsWith)
          .findFirst()
          .filter(_ -> said.add(one.entry().id()))
          .ifPresent(other -> observations.add(observation(slot, one, other)));
    }
  }

  private static Observation observation(Slot slot, Declaration one, Declaration other) {
    return Observation.of(
            one.entry(),
            one.port(),
            "Port %s of %s is %s here and %s in %s."
                .formatted(
                    slot.port(), slot.host(), one.protocol(), other.protocol(), other.entry().id()))
        .and(other.port().location())
        .with(other.entry().id());
  }
}
