package io.bugreport.analyzers.certificates;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.SECRET;

import io.bugreport.analyzers.mesh.ControlPlane;
import io.bugreport.analyzers.mesh.DataKeys;
import io.bugreport.analyzers.mesh.Pem;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Parts of one mesh trust different roots. A proxy accepts another only if it trusts the root of
/// its certificate, so between these parts no mutual TLS comes about: requests fail with
/// `CERTIFICATE_VERIFY_FAILED`.
///
/// - `CA-07`: a namespace has another root in its ConfigMap `istio-ca-root-cert` than istiod's own
///   namespace. istiod writes it into all of them, so it has not been able to, or something else
///   writes it too. Pods there cannot connect to istiod.
/// - `MC-07`: two clusters of the mesh have no root in common. Each istiod made its own, as it does
///   where no CA is plugged in.
///
/// Clusters belong together where one has a remote secret; independent meshes in one archive are
/// left alone, as are several control planes in one cluster, and clusters that trust further roots
/// by `meshConfig.caCertificates`.
///
/// ## Fix
///
/// See who trusts what:
///
/// ```sh
/// kubectl get configmaps -A --field-selector metadata.name=istio-ca-root-cert \
///   -o jsonpath='{range .items[*]}{.metadata.namespace}{" "}{.data.root-cert\.pem}{"\n"}{end}'
/// ```
///
/// Within a cluster, a restarted istiod writes the ConfigMaps anew. Between clusters, give each
/// istiod an intermediate CA of one common root, in the Secret `cacerts`, and restart istiod and
/// all workloads:
///
/// ```sh
/// kubectl -n istio-system create secret generic cacerts --from-file=ca-cert.pem \
///   --from-file=ca-key.pem --from-file=root-cert.pem --from-file=cert-chain.pem
/// ```
@Check(
    codes = {"CA-07", "MC-07"},
    title = "No common root of trust",
    severity = Severity.CRITICAL,
    resources = {CONFIG_MAP, SECRET, DEPLOYMENT})
public final class DifferingRoots implements Analyzer {
  private static final String NAME = "istio-ca-root-cert";
  private static final String KEY = "root-cert.pem";
  private static final String REMOTE = "istio/multiCluster";
  private static final String CLUSTER = "networking.istio.io/cluster";

  /// That one cluster has access to another.
  private record Join(String cluster, String otherId) {}

  private record Root(Resource map, Set<X509Certificate> certificates) {
    boolean sharesNothingWith(Root other) {
      return Collections.disjoint(certificates, other.certificates);
    }

    String name() {
      return certificates.iterator().next().getSubjectX500Principal().getName();
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    Map<String, List<Root>> roots = new TreeMap<>();
    Set<Join> joins = new HashSet<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      if (map.name().equals(NAME)) {
        var pem = map.field("data").flatMap(d -> d.named(KEY)).map(Field::text).orElse("");
        var certificates = new HashSet<>(Pem.certificates(pem));
        if (!certificates.isEmpty()) {
          roots
              .computeIfAbsent(map.id().cluster(), _ -> new ArrayList<>())
              .add(new Root(map, certificates));
        }
      }
    }
    var trusting = trusting(mesh);
    for (var secret : mesh.all(SECRET)) {
      if (secret.labels().getOrDefault(REMOTE, "").equals("true")) {
        var named = secret.annotations().getOrDefault(CLUSTER, "");
        joins.add(new Join(secret.id().cluster(), named));
        DataKeys.of(secret)
            .sequencedKeySet()
            .forEach(id -> joins.add(new Join(secret.id().cluster(), id)));
      }
    }
    List<Observation> observations = new ArrayList<>();
    Map<String, Root> ofCluster = new TreeMap<>();
    roots.forEach(
        (cluster, all) -> {
          var namespaces = controlPlane.namespaces(cluster);
          if (namespaces.size() == 1) {
            all.stream()
                .filter(r -> namespaces.contains(r.map().namespace()))
                .findFirst()
                .ifPresent(
                    own -> {
                      ofCluster.put(cluster, own);
                      differing(own, all, observations);
                    });
          }
        });
    ofCluster.keySet().removeAll(trusting);
    between(ofCluster, pairs(joins, ids(controlPlane)), observations);
    return observations;
  }

  /// The id that each cluster has in its mesh.
  private static Map<String, String> ids(ControlPlane controlPlane) {
    Map<String, String> ids = new TreeMap<>();
    for (var istiod : controlPlane.deployments()) {
      ids.put(
          istiod.id().cluster(),
          ControlPlane.env(istiod, "CLUSTER_ID").orElse(istiod.id().cluster()));
    }
    return ids;
  }

  /// The clusters that are of one mesh, two by two.
  private static Set<Set<String>> pairs(Set<Join> joins, Map<String, String> ids) {
    Set<Set<String>> pairs = new HashSet<>();
    for (var join : joins) {
      ids.forEach(
          (cluster, id) -> {
            if (!cluster.equals(join.cluster())
                && (id.equals(join.otherId()) || cluster.equals(join.otherId()))) {
              pairs.add(Set.of(cluster, join.cluster()));
            }
          });
    }
    return pairs;
  }

  /// The clusters whose mesh configuration adds roots of its own.
  private static Set<String> trusting(Mesh mesh) throws IOException {
    Set<String> clusters = new HashSet<>();
    for (var map : mesh.all(CONFIG_MAP)) {
      if (map.name().startsWith("istio") && map.text("data.mesh").contains("caCertificates:")) {
        clusters.add(map.id().cluster());
      }
    }
    return clusters;
  }

  private static void differing(Root own, List<Root> all, List<Observation> observations) {
    for (var other : all) {
      if (other.sharesNothingWith(own)) {
        observations.add(
            Observation.of(
                    other.map(),
                    other.map().field("data").flatMap(d -> d.named(KEY)).orElseThrow(),
                    "The namespace trusts %s, and istiod's namespace %s trusts %s: its pods cannot talk to istiod or to the rest of the mesh."
                        .formatted(other.name(), own.map().namespace(), own.name()))
                .severity(Severity.ERROR)
                .and(own.map().location())
                .with(own.map().id()));
      }
    }
  }

  private static void between(
      Map<String, Root> ofCluster, Set<Set<String>> pairs, List<Observation> observations) {
    List<String> clusters = new ArrayList<>(ofCluster.keySet());
    for (var i = 0; i < clusters.size(); i++) {
      for (var j = i + 1; j < clusters.size(); j++) {
        var one = ofCluster.get(clusters.get(i));
        var other = ofCluster.get(clusters.get(j));
        if (one != null
            && other != null
            && pairs.contains(Set.of(clusters.get(i), clusters.get(j)))
            && one.sharesNothingWith(other)) {
          observations.add(
              Observation.of(
                      one.map(),
                      one.map().field("data").flatMap(d -> d.named(KEY)).orElseThrow(),
                      "The clusters %s and %s have no root in common (%s and %s): no request with mutual TLS gets from one to the other."
                          .formatted(clusters.get(i), clusters.get(j), one.name(), other.name()))
                  .code("MC-07")
                  .and(other.map().location())
                  .with(other.map().id()));
        }
      }
    }
  }
}
