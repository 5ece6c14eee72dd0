package io.bugreport.analyzers.security;

import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;

import io.bugreport.analyzers.mesh.Thresholds;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.AccessLogLine;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogPattern;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Requests are refused with `403` by an `AuthorizationPolicy`, as the access logs tell. Either a
/// policy with `action: DENY` matches, which is named; or there are policies with `action: ALLOW`
/// for the workload, and none of them matches: with one of them, all that it does not name is
/// refused, and one without rules refuses everything.
///
/// That may be what the policy is for. Where the clients are meant to be let in, it is the cause.
///
/// ## Fix
///
/// See who asks and what the policies let in:
///
/// ```sh
/// kubectl -n NAMESPACE get authorizationpolicies -o yaml
/// istioctl x authz check POD.NAMESPACE
/// ```
///
/// A common mistake is a principal or a namespace that the client does not have, because it has no
/// proxy and hence no identity.
@Check(
    codes = "ENV-28",
    title = "Requests that an authorization policy refuses",
    severity = Severity.WARNING,
    resources = AUTHORIZATION_POLICY,
    sources = Source.PROXY_LOG)
public final class DeniedRequests implements LogAnalyzer {
  private static final String DENIED = "rbac_access_denied_matched_policy[";
  private static final Pattern POLICY = Pattern.compile("ns\\[([^]]*)]-policy\\[([^]]*)]");
  private static final LogPattern PATTERN =
      new LogPattern(
          "denied",
          line ->
              line.text().contains(DENIED)
                  ? AccessLogLine.parse(line)
                      .filter(request -> request.details().startsWith(DENIED))
                      .map(request -> request.details().substring(DENIED.length()))
                  : Optional.empty());

  @Override
  public List<LogPattern> patterns() {
    return List.of(PATTERN);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var policies = mesh.all(AUTHORIZATION_POLICY);
    List<Observation> observations = new ArrayList<>();
    for (var hits : mesh.hits(PATTERN)) {
      if (hits.count() < Thresholds.FAILED_REQUESTS) {
        continue;
      }
      var named = POLICY.matcher(hits.key());
      var policy =
          named.find()
              ? policies.stream()
                  .filter(p -> p.id().cluster().equals(hits.log().cluster()))
                  .filter(
                      p -> p.namespace().equals(named.group(1)) && p.name().equals(named.group(2)))
                  .findFirst()
              : allowing(policies, hits);
      var message =
          policy.isPresent() && named.reset().find()
              ? "It refused %d requests to %s with 403.".formatted(hits.count(), hits.log().pod())
              : "%d requests to %s were refused with 403: no ALLOW policy lets them in."
                  .formatted(hits.count(), hits.log().pod());
      var first = hits.locations().getFirst();
      var observation =
          policy
              .map(p -> Observation.of(p, message).and(first).with(hits.pod()))
              .orElseGet(() -> Observation.of(hits.pod(), first, message));
      observations.add(
          isLate(hits, mesh.collectedAt()) ? observation : observation.severity(Severity.INFO));
    }
    return observations;
  }

  /// The policy of the pod's namespace that refuses whatever nobody allows: one without rules
  /// first.
  private static Optional<Resource> allowing(List<Resource> policies, LogHits hits) {
    return policies.stream()
        .filter(p -> p.id().cluster().equals(hits.log().cluster()))
        .filter(p -> p.namespace().equals(hits.log().namespace()))
        .filter(p -> p.text("spec.action").isEmpty() || p.text("spec.action").equals("ALLOW"))
        .min(
            java.util.Comparator.comparing((Resource p) -> !p.fields("spec.rules.*").isEmpty())
                .thenComparing(Resource::id));
  }

  private static boolean isLate(LogHits hits, Instant now) {
    try {
      return hits.last().isEmpty()
          || !Instant.parse(hits.last()).plus(Thresholds.SAID_LATELY).isBefore(now);
    } catch (java.time.DateTimeException _) {
      return true; // no time is no reason to keep silent
    }
  }
}
