package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// `istioctl bug-report`, 1.8 and later. It has no manifest, writes no file for an empty answer,
/// and its tables and text forms are no objects: they are kept beside, below `istioctl/`.
final class IstioctlImporter implements Importer {
  private static final String ISTIOD = "discovery";
  private static final String PROXY = "istio-proxy";

  private static final List<String> OBJECTS =
      List.of(
          "cluster/k8s-resources",
          "cluster/k8s-cluster-resources",
          "cluster/crs",
          "cluster/nodes",
          "cluster/pods",
          "cluster/secrets");

  private static final Map<String, Endpoint> ENVOY =
      Map.of(
          "certs", Endpoint.ENVOY_CERTS,
          "config_dump", Endpoint.ENVOY_CONFIG_DUMP,
          "config_dump?include_eds", Endpoint.ENVOY_CONFIG_DUMP,
          "config_dump?include_eds=true", Endpoint.ENVOY_CONFIG_DUMP,
          "memory", Endpoint.ENVOY_MEMORY,
          "server_info", Endpoint.ENVOY_SERVER_INFO,
          "stats/prometheus", Endpoint.ENVOY_PROMETHEUS,
          "ndsz", Endpoint.AGENT_NAME_TABLE);

  @Override
  public boolean recognizes(SequencedSet<String> paths) {
    return paths.contains("cluster/cluster-context")
        || OBJECTS.stream().anyMatch(paths::contains)
        || (paths.contains("bug-report.log") && paths.contains("versions"));
  }

  @Override
  public Reach reach(SequencedSet<String> paths) {
    return Reach.ALL;
  }

  @Override
  public String tool() {
    return "istioctl bug-report";
  }

  @Override
  public void place(ArchiveReader archive, ImportedFiles files) throws IOException {
    var cluster = cluster(archive);
    for (var path : OBJECTS) {
      if (archive.has(path)) {
        try (var in = archive.open(path)) {
          new ObjectSplitter(cluster, files::put).split(in);
        }
      }
    }
    for (var path : archive.paths()) {
      var place = place(cluster, path);
      files.rename(path, place.isEmpty() ? "istioctl/" + path : place);
    }
  }

  private static String cluster(ArchiveReader archive) throws IOException {
    var path = "cluster/cluster-context";
    if (!archive.has(path)) {
      return Snapshot.LOOSE;
    }
    try (var in = archive.open(path)) {
      var text = new String(in.readNBytes(1 << 10), StandardCharsets.UTF_8);
      var context = text.lines().findFirst().orElse("").strip();
      return context.isEmpty() ? Snapshot.LOOSE : context;
    }
  }

  /// Where a file belongs; empty where our layout has no place for it.
  private static String place(String cluster, String path) {
    var parts = path.split("/", 4);
    if (parts.length < 4) {
      return "";
    }
    return switch (parts[0]) {
      case "istio" -> istiod(cluster, parts[1], parts[2], parts[3]);
      case "proxies" -> proxy(cluster, parts[1], parts[2], parts[3]);
      default -> "";
    };
  }

  private static String istiod(String cluster, String namespace, String pod, String file) {
    if (file.equals("discovery.log")) {
      return Layout.log(cluster, namespace, pod, ISTIOD, Run.CURRENT);
    }
    for (var endpoint : Endpoint.of(Server.ISTIOD)) {
      var asked = endpoint.isPerProxy() ? "" : endpoint.request();
      if (asked.equals("/" + file)) {
        return Layout.answer(cluster, namespace, pod, ISTIOD, endpoint.file());
      }
    }
    return "";
  }

  private static String proxy(String cluster, String namespace, String pod, String file) {
    if (file.equals("istio-proxy.log")) {
      return Layout.log(cluster, namespace, pod, PROXY, Run.CURRENT);
    }
    var endpoint = ENVOY.get(file);
    if (endpoint == null) {
      return "";
    }
    // The only pods of which istioctl takes a configuration that is not Envoy's.
    var ztunnel = endpoint == Endpoint.ENVOY_CONFIG_DUMP && pod.startsWith("ztunnel-");
    var answered = ztunnel ? Endpoint.ZTUNNEL_CONFIG_DUMP : endpoint;
    return Layout.answer(cluster, namespace, pod, PROXY, answered.file());
  }
}
