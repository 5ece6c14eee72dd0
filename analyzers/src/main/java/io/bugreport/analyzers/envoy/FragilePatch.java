package io.bugreport.analyzers.envoy;

import static io.bugreport.model.resource.ResourceKind.ENVOY_FILTER;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// An `EnvoyFilter` patches the proxies' configuration in a way that does nothing, or whose effect
/// depends on what else is there.
///
/// - IST0152: `REPLACE` is ignored for anything but network filters, HTTP filters and virtual
///   hosts.
/// - IST0153: `ADD` is ignored for route configurations and routes.
/// - IST0154: `REMOVE` is ignored for those.
/// - IST0151: `INSERT_BEFORE`, `INSERT_AFTER`, `REPLACE` and `REMOVE` work relative to a filter
///   that has to be there already. Without a `priority`, other `EnvoyFilter` objects come before or
///   after by the time of their creation, so the patch may find nothing.
/// - IST0155: the same for a filter that an earlier patch names for certain versions of the proxy
///   only: after an upgrade it is not there any more.
///
/// Earlier means in the order of cluster, namespace and name. Patches without a name of a filter
/// are not taken for ones of the same filter, and an entry without a patch does not end the
/// examination, as both do in istioctl.
///
/// ## Fix
///
/// Insert with `INSERT_FIRST`, or say the order:
///
/// ```yaml
/// spec:
///   priority: 10      # after all with a lower one; negative is before those of Istio
/// ```
///
/// Change routes with `MERGE`, or add the whole virtual host.
@Check(
    codes = {"IST0151", "IST0152", "IST0153", "IST0154", "IST0155"},
    title = "EnvoyFilter that patches nothing, or by chance",
    severity = Severity.WARNING,
    resources = ENVOY_FILTER,
    istioctlAnalyzer = "envoyfilter.EnvoyPatchAnalyzer")
public final class FragilePatch implements Analyzer {
  private static final Set<String> ROUTES = Set.of("ROUTE_CONFIGURATION", "HTTP_ROUTE");
  private static final Set<String> REPLACEABLE =
      Set.of("NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Set<String> versioned = new HashSet<>();
    List<Observation> observations = new ArrayList<>();
    for (var filter : mesh.all(ENVOY_FILTER)) {
      var found = new TreeMap<String, Field>();
      for (var patch : filter.fields("spec.configPatches.*")) {
        var name = filterName(patch).map(n -> filter.id().cluster() + " " + n);
        code(filter, patch, name.isPresent() && versioned.contains(name.get()))
            .ifPresent(code -> found.putIfAbsent(code, patch));
        if (name.isPresent() && !patch.text("match.proxy.proxyVersion").isEmpty()) {
          versioned.add(name.get());
        }
      }
      found.forEach((code, patch) -> observations.add(observation(filter, patch, code)));
    }
    return observations;
  }

  /// The filter that a patch brings, or, where that has no name, the one it looks for.
  private static Optional<String> filterName(Field patch) {
    var value = patch.field("patch.value");
    return value
        .map(v -> v.text("name"))
        .filter(name -> !name.isEmpty())
        .or(() -> value.map(_ -> patch.text("match.listener.filterChain.filter.name")))
        .filter(name -> !name.isEmpty());
  }

  private static Optional<String> code(Resource filter, Field patch, boolean isVersioned) {
    var target = patch.text("applyTo");
    var relative =
        filter.field("spec.priority").flatMap(Field::number).orElse(0) == 0
            ? Optional.of(isVersioned ? "IST0155" : "IST0151")
            : Optional.<String>empty();
    return switch (patch.text("patch.operation")) {
      case "ADD" -> ROUTES.contains(target) ? Optional.of("IST0153") : Optional.empty();
      case "REMOVE" -> ROUTES.contains(target) ? Optional.of("IST0154") : relative;
      case "REPLACE" -> REPLACEABLE.contains(target) ? relative : Optional.of("IST0152");
      case "INSERT_BEFORE", "INSERT_AFTER" -> relative;
      default -> Optional.empty();
    };
  }

  private static Observation observation(Resource filter, Field patch, String code) {
    var operation = patch.field("patch.operation").orElse(patch);
    var target = patch.text("applyTo");
    var message =
        switch (code) {
          case "IST0152", "IST0153", "IST0154" ->
              "Envoy's %s cannot be patched with %s: the patch is ignored."
                  .formatted(target, operation.text());
          case "IST0155" ->
              "%s relies on a filter that an earlier patch names for certain proxy versions only."
                  .formatted(operation.text());
          default ->
              "%s on %s without a priority depends on which filters are there before it."
                  .formatted(operation.text(), target);
        };
    var ineffective = Set.of("IST0152", "IST0153", "IST0154").contains(code);
    return Observation.of(filter, operation, message)
        .code(code)
        .severity(ineffective ? Severity.ERROR : Severity.WARNING);
  }
}
