package io.bugreport.analyzers.multicluster;

import static io.bugreport.model.endpoint.Endpoint.ISTIOD_CLUSTERS;
import static io.bugreport.model.resource.ResourceKind.SECRET;

import io.bugreport.analyzers.mesh.DataKeys;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// istiod does not see what another cluster of the mesh has, or no longer: its proxies know none of
/// that cluster's endpoints, or old ones.
///
/// - `MC-01`: istiod counts the cluster as `timeout`, `closed` or still `syncing`: it cannot reach
///   the cluster's API server, or has no right to list what it needs. Or a remote secret names a
///   cluster of which istiod knows nothing: its kubeconfig cannot be used, or it came after istiod
///   last looked.
/// - `MC-02`: two remote secrets name the same cluster. istiod takes one of them.
///
/// A secret that names istiod's own cluster is ignored, by istiod as well as here.
///
/// ## Fix
///
/// See what istiod says, and whether it reaches the API server that the kubeconfig names:
///
/// ```sh
/// istioctl remote-clusters
/// kubectl -n istio-system logs deploy/istiod | grep -iE 'remote cluster|secretcontroller'
/// ```
///
/// Make the secret anew, with an address that istiod can reach, and restart istiod if the token was
/// renewed:
///
/// ```sh
/// istioctl create-remote-secret --name CLUSTER --server https://API-SERVER:6443 | kubectl apply -f -
/// ```
@Check(
    codes = {"MC-01", "MC-02"},
    title = "Cluster of the mesh that istiod does not see",
    severity = Severity.CRITICAL,
    endpoints = ISTIOD_CLUSTERS,
    resources = SECRET)
public final class UnsyncedCluster implements Analyzer {
  private static final String REMOTE = "istio/multiCluster";
  private static final String SYNCED = "synced";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    Map<String, Set<String>> known = new TreeMap<>();
    for (var answer : mesh.answers(ISTIOD_CLUSTERS)) {
      for (var row : mesh.read(answer, a -> a.document().children()).orElse(List.of())) {
        var id = row.text("id");
        var status = row.text("syncStatus");
        known.computeIfAbsent(answer.from().cluster(), _ -> new HashSet<>()).add(id);
        if (!status.isEmpty() && !status.equals(SYNCED)) {
          observations.add(
              Observation.of(
                  answer.pod(),
                  row.field("syncStatus").orElse(row).location(),
                  "istiod has the cluster %s as %s%s."
                      .formatted(
                          id,
                          status,
                          row.text("secretName").isEmpty()
                              ? ""
                              : ", from the Secret " + row.text("secretName"))));
        }
      }
    }
    remoteSecrets(mesh.all(SECRET), known, observations);
    return Ties.about(Topic.CLUSTERS, observations);
  }

  private static void remoteSecrets(
      List<Resource> secrets, Map<String, Set<String>> known, List<Observation> observations) {
    Map<String, Resource> first = new TreeMap<>();
    for (var secret : secrets) {
      var cluster = secret.id().cluster();
      if (!secret.labels().getOrDefault(REMOTE, "").equals("true") || !known.containsKey(cluster)) {
        continue;
      }
      for (var data : DataKeys.of(secret).entrySet()) {
        var id = data.getKey();
        var key = data.getValue();
        var other = first.putIfAbsent(cluster + "/" + secret.namespace() + "/" + id, secret);
        if (other != null) {
          observations.add(twice(secret, key, id, other));
        } else if (!known.getOrDefault(cluster, Set.of()).contains(id)) {
          observations.add(
              Observation.of(
                      secret,
                      key,
                      "The remote secret names the cluster %s, and istiod knows of no such cluster: its kubeconfig cannot be used, or istiod has not read it."
                          .formatted(id))
                  .severity(Severity.ERROR));
        }
      }
    }
  }

  private static Observation twice(Resource secret, Field key, String id, Resource other) {
    return Observation.of(
            secret,
            key,
            "The remote secret names the cluster %s, and so does %s: istiod takes one of them."
                .formatted(id, other.name()))
        .code("MC-02")
        .severity(Severity.WARNING)
        .and(other.location())
        .with(other.id());
  }
}
