package io.bugreport.app.synthetic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong in the scenarios that have no fault of their own.
final class SeedFaults {
  private static final String NAMESPACE = "bookinfo";

  private SeedFaults() {}

  /// A pod takes port 53 out of redirection.
  static void brokenDnsCapture(Mesh mesh) {
    var pod = mesh.podOf(mesh.serviceOrLast("productpage"), "").name;
    mesh.edits.add(
        object -> {
          if (isThe(object, "Pod", pod)) {
            object
                .withObject("metadata")
                .withObject("annotations")
                .put("traffic.sidecar.istio.io/excludeOutboundPorts", "53");
          }
        });
  }

  /// The machine's group was deleted.
  static void orphanedWorkloadEntry(Mesh mesh) {
    mesh.objects.removeIf(object -> isThe(object, "WorkloadGroup", VirtualMachine.GROUP));
  }

  /// A canary was removed, and its tag was not.
  static void deadWebhook(Mesh mesh) {
    mesh.edits.add(
        object -> {
          if (object.path("kind").asString("").equals("MutatingWebhookConfiguration")) {
            var copies = Tree.array();
            for (var webhook : object.path("webhooks")) {
              var service = webhook.path("clientConfig").path("service");
              if (service instanceof ObjectNode node) {
                node.put("name", "istiod-1-29");
              }
              copies.add(webhook);
            }
            object.set("webhooks", copies);
          }
        });
  }

  /// The token of a remote secret has expired.
  static void unsyncedCluster(Mesh mesh) {
    mesh.remotes.add(
        Tree.object(
            "id",
            "west",
            "secretName",
            Mesh.SYSTEM + "/istio-remote-secret-west",
            "syncStatus",
            "timeout"));
    mesh.objects.add(
        Tree.object(
            "apiVersion",
            "v1",
            "kind",
            "Secret",
            "metadata",
            Tree.object(
                "annotations",
                Tree.object("networking.istio.io/cluster", "west"),
                "labels",
                Tree.object("istio/multiCluster", "true"),
                "name",
                "istio-remote-secret-west",
                "namespace",
                Mesh.SYSTEM),
            "data",
            Tree.object("west", Certificates.withheld(2718)),
            "type",
            "Opaque"));
  }

  /// The application's namespace has the root of an earlier installation.
  static void noCommonRoot(Mesh mesh) {
    mesh.edits.add(
        object -> {
          if (isThe(object, "ConfigMap", "istio-ca-root-cert")
              && Mesh.text(object, "namespace").equals(NAMESPACE)) {
            object.withObject("data").put("root-cert.pem", earlierRoot(mesh));
          }
        });
  }

  private static String earlierRoot(Mesh mesh) {
    return mesh.templates
        .fill("kubernetes/earlier-root.yaml", Map.of())
        .path("certificate")
        .stringValue();
  }

  /// istiod signs through the Kubernetes CSR API and may not approve.
  static void unapprovedRequest(Mesh mesh) {
    mesh.objects.add(
        Tree.object(
            "apiVersion",
            "certificates.k8s.io/v1",
            "kind",
            "CertificateSigningRequest",
            "metadata",
            Tree.object(
                "creationTimestamp",
                mesh.plan.time().minus(Duration.ofSeconds(95)).toString(),
                "name",
                "csr-workload-7xkfq"),
            "spec",
            Tree.object(
                "expirationSeconds",
                86_400,
                "signerName",
                "clusterissuers.cert-manager.io/mesh",
                "usages",
                Tree.array("digital signature", "key encipherment", "server auth", "client auth"),
                "username",
                "system:serviceaccount:istio-system:istiod")));
  }

  /// A denier kept clients out of the ratings, and no policy does so now.
  static void mixerLeftovers(Mesh mesh) {
    mesh.kinds.add(
        new ApiKind("config.istio.io", "v1alpha2", "handlers", "handler", true, "", List.of()));
    mesh.objects.removeIf(object -> object.path("kind").asString("").equals("AuthorizationPolicy"));
    mesh.objects.add(
        Tree.object(
            "apiVersion",
            "config.istio.io/v1alpha2",
            "kind",
            "handler",
            "metadata",
            Tree.object("generation", 1, "name", "deny-ratings", "namespace", NAMESPACE),
            "spec",
            Tree.object(
                "compiledAdapter",
                "denier",
                "params",
                Tree.object("status", Tree.object("code", 7, "message", "not allowed")))));
  }

  /// The certificate lies beside the Gateway, and its pods look for it elsewhere.
  static void misplacedSecret(Mesh mesh) {
    mesh.edits.add(
        object -> {
          if (isThe(object, "Gateway", "bookinfo-gateway")) {
            for (var server : object.path("spec").path("servers")) {
              if (server.path("tls") instanceof ObjectNode tls && tls.has("credentialName")) {
                tls.put("credentialName", "shop-cert");
              }
            }
          }
        });
    mesh.objects.add(
        Tree.object(
            "apiVersion",
            "v1",
            "kind",
            "Secret",
            "metadata",
            Tree.object("name", "shop-cert", "namespace", NAMESPACE),
            "data",
            Tree.object(
                "tls.crt", Certificates.withheld(741), "tls.key", Certificates.withheld(227)),
            "type",
            "kubernetes.io/tls"));
  }

  /// Proxies have no host of the ratings, which run.
  static void missingEndpoints(Mesh mesh) {
    var service = mesh.serviceOrLast("ratings");
    mesh.clusterEdits.add(
        cluster -> {
          if (cluster.path("name").asString("").contains("|" + service.host())) {
            cluster.remove("host_statuses");
          }
        });
  }

  /// All hosts of the ratings are ejected.
  static void ejectedHosts(Mesh mesh) {
    var service = mesh.serviceOrLast("ratings");
    mesh.clusterEdits.add(
        cluster -> {
          if (cluster.path("name").asString("").contains("|" + service.host())
              && cluster.path("host_statuses") instanceof ArrayNode hosts) {
            for (var host : hosts) {
              if (host.path("health_status") instanceof ObjectNode health) {
                health.put("failed_outlier_check", true);
              }
            }
          }
        });
  }

  private static boolean isThe(ObjectNode object, String kind, String name) {
    return object.path("kind").asString("").equals(kind) && Mesh.text(object, "name").equals(name);
  }
}
