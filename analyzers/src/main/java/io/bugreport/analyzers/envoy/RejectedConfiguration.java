package io.bugreport.analyzers.envoy;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CONFIG_DUMP;
import static io.bugreport.model.resource.ResourceKind.ENVOY_FILTER;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.ProxyAnalyzer;
import io.bugreport.model.check.ProxyPass;
import io.bugreport.model.check.ProxyReader;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.Rejection;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A proxy refused a part of the configuration that istiod sent to it. It goes on with what it had
/// before, or, after a restart, with nothing: then it opens no port and its pod does not become
/// ready. As long as the rejected part is sent, changes beside it do not arrive either.
///
/// The cause is nearly always an `EnvoyFilter` whose patch does not suit this version of Envoy, or
/// a Wasm plugin or certificate that cannot be loaded. The message quotes Envoy's own reason.
///
/// ## Fix
///
/// Find what touches the named resource, newest first:
///
/// ```sh
/// kubectl get envoyfilters,wasmplugins -A --sort-by=.metadata.creationTimestamp
/// ```
///
/// Correct or delete it, then see whether the proxy accepts what it is sent:
///
/// ```sh
/// istioctl proxy-status POD.NAMESPACE
/// kubectl -n NAMESPACE logs POD -c istio-proxy --since=5m | grep -i reject
/// ```
@Check(
    codes = "ENV-01",
    title = "Configuration that a proxy rejected",
    severity = Severity.ERROR,
    endpoints = ENVOY_CONFIG_DUMP,
    resources = ENVOY_FILTER,
    eachKindAlone = true)
public final class RejectedConfiguration
    implements ProxyAnalyzer<Map<RejectedConfiguration.Problem, Observation>> {

  /// Names of extensions and types, such as `envoy.filters.http.lua`, and what stands in quotes.
  private static final Pattern NAME =
      Pattern.compile("(?<=')[\\w./-]{4,}(?=')|[A-Za-z_][\\w-]*(?:\\.[A-Za-z_][\\w-]*){2,}");

  /// Envoy may list one rejection twice, without a name and a time the second time.
  record Problem(String cluster, String word, String name, String details) {}

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    // An EnvoyFilter is refused by every proxy that it is for, in the same words.
    Map<Problem, Observation> found = new LinkedHashMap<>();
    for (var ofProxy : mesh.proxies(this)) {
      ofProxy.forEach(
          (problem, observation) ->
              found.merge(problem, observation, (known, _) -> known.with(observation.resource())));
    }
    var filters = mesh.all(ENVOY_FILTER);
    List<Observation> observations = new ArrayList<>();
    found.forEach((problem, seen) -> observations.add(withCauses(problem, seen, filters)));
    return Ties.about(Topic.REJECTION, observations);
  }

  /// With the EnvoyFilters that bring what Envoy's reason names.
  private static Observation withCauses(Problem problem, Observation seen, List<Resource> filters) {
    var names = NAME.matcher(problem.details()).results().map(MatchResult::group).toList();
    var causes =
        filters.stream()
            .filter(f -> f.id().cluster().equals(problem.cluster()))
            .filter(
                f -> f.fields("spec.configPatches.*.patch").stream().anyMatch(p -> has(p, names)))
            .toList();
    if (causes.isEmpty()) {
      return seen;
    }
    var told =
        new Observation(
            seen.resource(),
            seen.message()
                + " What it names comes from "
                + causes.stream()
                    .map(f -> "EnvoyFilter " + f.namespace() + "/" + f.name())
                    .collect(Collectors.joining(", "))
                + ".",
            seen.locations(),
            seen.related(),
            seen.code(),
            seen.severity(),
            seen.ties());
    for (var cause : causes) {
      told = told.with(cause.id()).and(cause.location());
    }
    return told;
  }

  /// Whether a value, or one below it, is one of these names.
  private static boolean has(Field value, List<String> names) {
    return names.stream().anyMatch(name -> value.text().endsWith(name))
        || value.children().stream().anyMatch(child -> has(child, names));
  }

  @Override
  public Set<Section> sections() {
    return Set.of(Section.values());
  }

  @Override
  public Set<Section> heads() {
    return sections();
  }

  @Override
  public ProxyReader<Map<Problem, Observation>> reader(ProxyPass pass) {
    return new Rejections(pass.pod());
  }

  private static final class Rejections implements ProxyReader<Map<Problem, Observation>> {
    private final ResourceId pod;
    private final Map<Problem, Rejection> found = new LinkedHashMap<>();

    Rejections(ResourceId pod) {
      this.pod = pod;
    }

    @Override
    public void entry(ConfigDump.Entry entry) {
      entry
          .rejection()
          .ifPresent(
              rejection ->
                  found.merge(
                      new Problem(
                          pod.cluster(),
                          entry.section().word(),
                          entry.name().orElse(""),
                          rejection.firstLine()),
                      rejection,
                      (one, other) -> one.lastAttempt().isEmpty() ? other : one));
    }

    @Override
    public Map<Problem, Observation> result() {
      Map<Problem, Observation> observations = new LinkedHashMap<>();
      found.forEach(
          (problem, rejection) ->
              observations.put(
                  problem, Observation.of(pod, rejection.location(), message(problem, rejection))));
      return observations;
    }
  }

  private static String message(Problem problem, Rejection rejection) {
    var what =
        problem.name().isEmpty()
            ? "a " + problem.word() + " that it does not name"
            : "the " + problem.word() + " " + problem.name();
    var when =
        rejection.lastAttempt().isEmpty() ? "" : " (last tried " + rejection.lastAttempt() + ")";
    return "Envoy rejected "
        + what
        + when
        + (problem.details().isEmpty()
            ? " and gives no reason."
            : ": \"" + problem.details() + "\".");
  }
}
