package io.bugreport.analyzers.certificates;

import static io.bugreport.model.resource.ResourceKind.CERTIFICATE_SIGNING_REQUEST;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.analyzers.mesh.Thresholds;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// istiod has certificates of workloads signed through the Kubernetes CSR API, and a request of it
/// did not come back signed. New proxies get no certificate and do not become ready; running ones
/// keep theirs until it expires, within a day.
///
/// - `CA-02`: nobody approved it, since istiod has no right to approve requests of this signer; or
///   it was approved, and no controller signs for this signer.
/// - `CA-03`: it was denied, or the signer failed. Its reason is quoted; it stands nowhere else.
///
/// istiod deletes its requests after a minute, signed or not, so that none in an archive does not
/// mean that all is well. Requests count from that age on.
///
/// ## Fix
///
/// See who should sign, and whether istiod may approve:
///
/// ```sh
/// kubectl describe csr NAME
/// kubectl auth can-i approve signers.certificates.k8s.io/SIGNER --subresource= \
///   --as=system:serviceaccount:istio-system:istiod
/// ```
///
/// Name the signer in the installation's `global.certSigners`, and see that its controller (of
/// cert-manager: with its CSR controllers turned on) runs.
@Check(
    codes = {"CA-02", "CA-03"},
    title = "Certificate request of istiod that was not signed",
    severity = Severity.ERROR,
    resources = CERTIFICATE_SIGNING_REQUEST)
public final class UnsignedRequest implements Analyzer {
  /// istiod generates names from it.
  private static final String PREFIX = "csr-workload-";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var request : mesh.all(CERTIFICATE_SIGNING_REQUEST)) {
      if (request.name().startsWith(PREFIX) || isByIstiod(request)) {
        observation(request, mesh.collectedAt()).ifPresent(observations::add);
      }
    }
    return Ties.about(Topic.SIGNING, observations);
  }

  private static boolean isByIstiod(Resource request) {
    var user = request.text("spec.username");
    return user.startsWith("system:serviceaccount:")
        && user.substring(user.lastIndexOf(':') + 1).startsWith("istiod");
  }

  private static Optional<Observation> observation(Resource request, Instant now) {
    var signer = request.text("spec.signerName");
    for (var type : List.of("Denied", "Failed")) {
      var condition = condition(request, type);
      if (condition.isPresent()) {
        return Optional.of(
            Observation.of(
                    request,
                    condition.get(),
                    "The request to the signer %s was %s%s."
                        .formatted(
                            signer,
                            type.equals("Denied") ? "denied" : "not signed: the signer failed",
                            reason(condition.get())))
                .code("CA-03"));
      }
    }
    var created = request.text("metadata.creationTimestamp");
    if (!request.text("status.certificate").isEmpty()
        || !Age.isAtLeast(Thresholds.REQUEST_UNSIGNED, created, now)) {
      return Optional.empty();
    }
    var age = Age.text(Age.of(created, now).orElseThrow());
    var place = request.field("spec.signerName").orElse(request.root());
    return Optional.of(
        Observation.of(
            request,
            place,
            condition(request, "Approved").isPresent()
                ? "The request was approved and is not signed after %s: no controller signs for %s."
                    .formatted(age, signer)
                : "The request has waited for approval for %s: istiod may not approve requests to the signer %s, or has stopped."
                    .formatted(age, signer)));
  }

  private static Optional<Field> condition(Resource request, String type) {
    return request.fields("status.conditions.*").stream()
        .filter(c -> c.text("type").equals(type))
        .findFirst();
  }

  private static String reason(Field condition) {
    var reason = condition.text("reason");
    var message = condition.text("message");
    var text = reason + (reason.isEmpty() || message.isEmpty() ? "" : ": ") + message;
    return text.isEmpty() ? "" : " (" + text + ")";
  }
}
