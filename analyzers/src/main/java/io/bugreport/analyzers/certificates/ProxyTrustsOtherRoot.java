package io.bugreport.analyzers.certificates;

import static io.bugreport.model.endpoint.Endpoint.ENVOY_CERTS;
import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.DataKeys;
import io.bugreport.analyzers.mesh.Pem;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.envoy.ProxyCertificate;
import io.bugreport.model.envoy.ProxyCertificate.Role;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A proxy trusts a root that istiod does not distribute in its cluster today. The CA was replaced,
/// as by a new installation that made a new one, and the pod has not been created anew since.
/// Mutual TLS between it and newer pods fails with `CERTIFICATE_VERIFY_FAILED`.
///
/// Compared are the serial numbers that Envoy shows with the roots in the ConfigMap
/// `istio-ca-root-cert` of all namespaces. Pods whose certificates come from elsewhere, by a volume
/// of SPIFFE's CSI driver, are left alone.
///
/// ## Fix
///
/// Create the pods anew, all of those that are left with the old root:
///
/// ```sh
/// kubectl -n NAMESPACE rollout restart deployment
/// istioctl proxy-config secret POD.NAMESPACE
/// ```
@Check(
    codes = "CA-07",
    title = "Proxy that trusts another root than its mesh",
    severity = Severity.ERROR,
    endpoints = ENVOY_CERTS,
    resources = {CONFIG_MAP, POD})
public final class ProxyTrustsOtherRoot implements Analyzer {
  private static final String NAME = "istio-ca-root-cert";
  private static final String KEY = "root-cert.pem";
  private static final String INLINE = "<inline>";
  private static final int HEX = 16;

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, Set<BigInteger>> roots = new HashMap<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      var pem = DataKeys.of(map).get(KEY);
      if (map.name().equals(NAME) && pem != null) {
        for (var certificate : Pem.certificates(pem.text())) {
          roots
              .computeIfAbsent(map.id().cluster(), _ -> new HashSet<>())
              .add(certificate.getSerialNumber());
        }
      }
    }
    Set<ResourceId> elsewhere = new HashSet<>();
    for (var pod : mesh.all(POD)) {
      if (isFromElsewhere(pod)) {
        elsewhere.add(pod.id());
      }
    }
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(ENVOY_CERTS)) {
      var known = roots.get(answer.from().cluster());
      if (known != null && !elsewhere.contains(answer.pod())) {
        mesh.read(answer, ProxyCertificate::read)
            .flatMap(certificates -> observation(answer, certificates, known))
            .ifPresent(observations::add);
      }
    }
    return observations;
  }

  private static boolean isFromElsewhere(Resource pod) {
    return pod.fields("spec.volumes.*").stream()
        .anyMatch(v -> v.text("csi.driver").contains("spiffe"));
  }

  private static Optional<Observation> observation(
      Answer answer, List<ProxyCertificate> certificates, Set<BigInteger> known) {
    var trusted =
        certificates.stream()
            .filter(c -> c.role() == Role.TRUSTED && c.file().equals(INLINE))
            .toList();
    return trusted.isEmpty() || trusted.stream().anyMatch(c -> isKnown(c.serial(), known))
        ? Optional.empty()
        : Optional.of(
            Observation.of(
                answer.pod(),
                trusted.getFirst().location(),
                "The proxy trusts a root with the serial number %s, and istiod distributes it nowhere in the cluster: it was started before the CA was replaced."
                    .formatted(trusted.getFirst().serial())));
  }

  private static boolean isKnown(String serial, Set<BigInteger> known) {
    try {
      return known.contains(new BigInteger(serial, HEX));
    } catch (NumberFormatException _) {
      return true; // written in a way that nobody knows yet
    }
  }
}
