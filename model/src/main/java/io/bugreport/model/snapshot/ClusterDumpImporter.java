package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import java.io.IOException;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/// `kubectl cluster-info dump --output-directory`: some kinds of objects as lists, and the logs of
/// each pod's containers in one file.
final class ClusterDumpImporter implements Importer {
  static final String CLUSTER = "cluster-info";

  private static final Map<String, String> GROUPS =
      Map.of(
          "events", "",
          "pods", "",
          "services", "",
          "replication-controllers", "",
          "daemonsets", "apps",
          "deployments", "apps",
          "replicasets", "apps");

  private static final Pattern LIST = Pattern.compile("([^/]+)/([a-z-]+)\\.(json|yaml)");
  private static final Pattern LOGS = Pattern.compile("([^/]+)/([^/]+)/logs\\.txt");

  @Override
  public boolean recognizes(SequencedSet<String> paths) {
    return (paths.contains("nodes.json") || paths.contains("nodes.yaml"))
        && paths.stream().anyMatch(path -> path.matches("[^/]+/pods\\.(json|yaml)"));
  }

  /// Without `--all-namespaces` it takes two of them, and no list says how many there are.
  @Override
  public Reach reach(SequencedSet<String> paths) {
    return Reach.SOME;
  }

  @Override
  public String tool() {
    return "kubectl cluster-info dump";
  }

  @Override
  public void place(ArchiveReader archive, ImportedFiles files) throws IOException {
    for (var path : archive.paths()) {
      var list = LIST.matcher(path);
      var logs = LOGS.matcher(path);
      if (path.startsWith("nodes.")) {
        files.rename(path, Layout.cluster(CLUSTER) + "cluster-scoped-resources/core/" + path);
      } else if (list.matches() && GROUPS.containsKey(list.group(2))) {
        var group = GROUPS.getOrDefault(list.group(2), "");
        var place = Layout.list(CLUSTER, list.group(1), group, list.group(2).replace("-", ""));
        files.rename(path, place.replaceFirst("yaml$", list.group(3)));
      } else if (logs.matches()) {
        try (var in = archive.open(path)) {
          new PodLogs(logs.group(1), logs.group(2)).split(in, files);
        }
      } else {
        files.rename(path, CLUSTER + "/" + path);
      }
    }
  }
}
