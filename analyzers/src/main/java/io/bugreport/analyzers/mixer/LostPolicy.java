package io.bugreport.analyzers.mixer;

import static io.bugreport.model.resource.ResourceKind.AUTHENTICATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.CRD;
import static io.bugreport.model.resource.ResourceKind.MESH_POLICY;
import static io.bugreport.model.resource.ResourceKind.MIXER_HANDLER;
import static io.bugreport.model.resource.ResourceKind.MIXER_QUOTA;
import static io.bugreport.model.resource.ResourceKind.MIXER_RULE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ROLE;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ROLE_BINDING;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Objects are left of Mixer, or of the old policies, which no Istio since 1.8 reads. What they
/// demanded is not enforced, and nothing says so.
///
/// - `MIX-05`: it kept requests out: a denier, a list, an OPA handler, a quota, a `ServiceRole`, an
///   authentication policy. Where its namespace has no `AuthorizationPolicy` either, the access
///   that it restricted is open.
/// - `MIX-02`: any other, such as a rule for metrics or logs. A kind of that time without any
///   objects does no harm.
///
/// ## Fix
///
/// Write what is still wanted in today's terms: `ServiceRole`, denier, list and OPA as
/// `AuthorizationPolicy`, authentication policies as `PeerAuthentication` and
/// `RequestAuthentication`, quotas as rate limits, metrics and logs as `Telemetry`. Then delete the
/// old objects:
///
/// ```sh
/// kubectl get rules,handlers,quotaspecs,serviceroles,servicerolebindings -A
/// kubectl -n NAMESPACE delete KIND NAME
/// ```
@Check(
    codes = {"MIX-05", "MIX-02"},
    title = "Policy that Mixer enforced and nobody enforces now",
    severity = Severity.CRITICAL,
    resources = {
      CRD,
      MIXER_HANDLER,
      MIXER_RULE,
      MIXER_QUOTA,
      SERVICE_ROLE,
      SERVICE_ROLE_BINDING,
      AUTHENTICATION_POLICY,
      MESH_POLICY,
      AUTHORIZATION_POLICY
    })
public final class LostPolicy implements Analyzer {
  private static final Set<String> GUARDS =
      Set.of("denier", "listchecker", "opa", "memquota", "redisquota", "bypass", "rbac");
  private static final Set<String> GROUPS =
      Set.of("config.istio.io", "rbac.istio.io", "authentication.istio.io");
  private static final String ROOT = "istio-system";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Set<String> guarded = new HashSet<>();
    for (var policy : mesh.all(AUTHORIZATION_POLICY)) {
      guarded.add(policy.id().cluster() + "/" + policy.namespace());
    }
    List<Observation> observations = new ArrayList<>();
    for (var kind :
        List.of(
            MIXER_HANDLER,
            MIXER_RULE,
            MIXER_QUOTA,
            SERVICE_ROLE,
            SERVICE_ROLE_BINDING,
            AUTHENTICATION_POLICY,
            MESH_POLICY)) {
      for (var left : mesh.all(kind)) {
        observations.add(observation(kind, left, guarded));
      }
    }
    if (observations.isEmpty()) {
      for (var crd : mesh.all(CRD)) {
        if (GROUPS.contains(crd.text("spec.group"))) {
          observations.add(
              Observation.of(crd, "A kind of Mixer's time, without objects: it can be deleted.")
                  .code("MIX-02")
                  .severity(Severity.INFO));
        }
      }
    }
    return observations;
  }

  private static Observation observation(ResourceKind kind, Resource left, Set<String> guarded) {
    var cluster = left.id().cluster();
    var isGuarded =
        guarded.contains(cluster + "/" + left.namespace())
            || guarded.contains(cluster + "/" + ROOT);
    if (!isGuard(kind, left)) {
      return Observation.of(left, "No Istio since 1.8 reads it: it has no effect.")
          .code("MIX-02")
          .severity(Severity.WARNING);
    }
    if (kind == AUTHENTICATION_POLICY || kind == MESH_POLICY) {
      return Observation.of(
              left,
              "It demanded authentication, and no Istio since 1.8 reads it: see that a PeerAuthentication or RequestAuthentication demands the same.")
          .severity(Severity.WARNING);
    }
    return isGuarded
        ? Observation.of(
                left,
                "It restricted access, and no Istio since 1.8 reads it. An AuthorizationPolicy is in force there: see that it covers the same.")
            .severity(Severity.WARNING)
        : Observation.of(
            left,
            "It restricted access, and no Istio since 1.8 reads it. No AuthorizationPolicy is in force there: what it kept out gets in.");
  }

  private static boolean isGuard(ResourceKind kind, Resource left) {
    return switch (kind) {
      case MIXER_HANDLER ->
          GUARDS.contains(left.text("spec.compiledAdapter"))
              || GUARDS.contains(left.text("spec.adapter"));
      case MIXER_RULE, SERVICE_ROLE_BINDING -> false;
      default -> true;
    };
  }
}
