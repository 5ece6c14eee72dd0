package io.bugreport.analyzers.certificates;

import static io.bugreport.model.resource.ResourceKind.CLUSTER_ROLE;
import static io.bugreport.model.resource.ResourceKind.CLUSTER_ROLE_BINDING;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
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
import java.util.List;
import java.util.Map;

/// istiod is set to have certificates signed through the Kubernetes CSR API (`EXTERNAL_CA`), and
/// something that this takes is missing:
///
/// - `CA-11`: neither `K8S_SIGNER` nor `CERT_SIGNER_DOMAIN` names a signer, or
///   `PILOT_CERT_PROVIDER` is `kubernetes`, with which istiod does not start.
/// - `CA-04`: its ClusterRoles do not let it create requests, approve them, or approve for this
///   signer. Signing then fails with `user not permitted to approve requests with signerName`.
///
/// Without the certificates no proxy becomes ready.
///
/// ## Fix
///
/// Name the signer to the installation, which sets both the environment and the rights:
///
/// ```yaml
/// global:
///   certSigners: [clusterissuers.cert-manager.io/mesh]
/// pilot:
///   env:
///     EXTERNAL_CA: ISTIOD_RA_KUBERNETES_API
///     K8S_SIGNER: clusterissuers.cert-manager.io/mesh
/// ```
@Check(
    codes = {"CA-04", "CA-11"},
    title = "Incomplete setup of signing through the Kubernetes CSR API",
    severity = Severity.CRITICAL,
    resources = {DEPLOYMENT, CLUSTER_ROLE, CLUSTER_ROLE_BINDING})
public final class SigningSetup implements Analyzer {
  private static final String GROUP = "certificates.k8s.io";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, Resource> roles = new HashMap<>();
    for (var role : mesh.all(CLUSTER_ROLE)) {
      roles.put(role.id().cluster() + "/" + role.name(), role);
    }
    var bindings = mesh.all(CLUSTER_ROLE_BINDING);
    List<Observation> observations = new ArrayList<>();
    for (var istiod : ControlPlane.of(mesh.all(DEPLOYMENT)).deployments()) {
      if (ControlPlane.env(istiod, "PILOT_CERT_PROVIDER").orElse("").equals("kubernetes")) {
        observations.add(
            Observation.of(
                    istiod,
                    "PILOT_CERT_PROVIDER is kubernetes, which istiod no longer knows: it does not start.")
                .code("CA-11"));
      }
      if (!ControlPlane.env(istiod, "EXTERNAL_CA").orElse("").equals("ISTIOD_RA_KUBERNETES_API")) {
        continue;
      }
      var signer = ControlPlane.env(istiod, "K8S_SIGNER").orElse("");
      var domain = ControlPlane.env(istiod, "CERT_SIGNER_DOMAIN").orElse("");
      if (signer.isEmpty() && domain.isEmpty()) {
        observations.add(
            Observation.of(
                    istiod,
                    "EXTERNAL_CA asks for the Kubernetes CSR API, and neither K8S_SIGNER nor CERT_SIGNER_DOMAIN names a signer.")
                .code("CA-11"));
        continue;
      }
      var rules = rules(istiod, roles, bindings);
      var missing = missing(rules, signer, domain);
      if (!rules.isEmpty() && !missing.isEmpty()) {
        observations.add(
            Observation.of(
                istiod,
                "istiod is to have certificates signed by %s, and its ClusterRoles do not let it %s."
                    .formatted(signer.isEmpty() ? domain : signer, String.join(", or ", missing))));
      }
    }
    return Ties.about(Topic.SIGNING, observations);
  }

  private static List<Field> rules(
      Resource istiod, Map<String, Resource> roles, List<Resource> bindings) {
    var account = istiod.text("spec.template.spec.serviceAccountName");
    List<Field> rules = new ArrayList<>();
    for (var binding : bindings) {
      var bound =
          binding.id().cluster().equals(istiod.id().cluster())
              && binding.fields("subjects.*").stream()
                  .anyMatch(
                      s ->
                          s.text("name").equals(account.isEmpty() ? "default" : account)
                              && s.text("namespace").equals(istiod.namespace()));
      var role = roles.get(istiod.id().cluster() + "/" + binding.text("roleRef.name"));
      if (bound && role != null) {
        rules.addAll(role.fields("rules.*"));
      }
    }
    return rules;
  }

  private static List<String> missing(List<Field> rules, String signer, String domain) {
    List<String> missing = new ArrayList<>();
    if (!allows(rules, "certificatesigningrequests", "create", "")) {
      missing.add("create requests");
    }
    if (!allows(rules, "certificatesigningrequests/approval", "update", "")) {
      missing.add("approve requests");
    } else if (!signer.isEmpty() && !allows(rules, "signers", "approve", signer)) {
      missing.add("approve for this signer");
    } else if (signer.isEmpty() && !allowsDomain(rules, domain)) {
      missing.add("approve for any signer of this domain");
    }
    return missing;
  }

  private static boolean allows(List<Field> rules, String resource, String verb, String name) {
    return rules.stream()
        .filter(rule -> grants(rule, resource, verb))
        .map(rule -> texts(rule, "resourceNames"))
        .anyMatch(
            names ->
                names.isEmpty()
                    || names.contains(name)
                    || names.contains(name.substring(0, name.lastIndexOf('/') + 1) + "*"));
  }

  private static boolean allowsDomain(List<Field> rules, String domain) {
    return rules.stream()
        .filter(rule -> grants(rule, "signers", "approve"))
        .map(rule -> texts(rule, "resourceNames"))
        .anyMatch(
            names -> names.isEmpty() || names.stream().anyMatch(n -> n.startsWith(domain + "/")));
  }

  private static boolean grants(Field rule, String resource, String verb) {
    return has(rule, "apiGroups", GROUP)
        && has(rule, "resources", resource)
        && has(rule, "verbs", verb);
  }

  private static boolean has(Field rule, String list, String value) {
    var texts = texts(rule, list);
    return texts.contains(value) || texts.contains("*");
  }

  private static List<String> texts(Field rule, String list) {
    return rule.fields(list + ".*").stream().map(Field::text).toList();
  }
}
