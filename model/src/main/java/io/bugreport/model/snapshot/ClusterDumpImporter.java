package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
  private static final Pattern START =
      Pattern.compile("==== START logs for container (\\S+) of pod \\S+ ====");
  private static final String END = "==== END logs for container ";

  /// More of a pod's logs is not looked at: kubectl writes no bounds of its own.
  private static final int MOST = 64 << 20;

  @Override
  public boolean recognizes(SequencedSet<String> paths) {
    return (paths.contains("nodes.json") || paths.contains("nodes.yaml"))
        && paths.stream().anyMatch(path -> path.matches("[^/]+/pods\\.(json|yaml)"));
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
          splitLogs(logs.group(1), logs.group(2), in, files);
        }
      } else {
        files.rename(path, CLUSTER + "/" + path);
      }
    }
  }

  private static void splitLogs(String namespace, String pod, InputStream file, ImportedFiles files)
      throws IOException {
    var in = new BufferedInputStream(file, 1 << 16);
    var container = "";
    var log = new ByteArrayOutputStream();
    var text = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
    for (var line : (Iterable<String>) text.lines()::iterator) {
      var start = START.matcher(line);
      if (start.matches()) {
        container = start.group(1);
        log.reset();
      } else if (line.startsWith(END) && !container.isEmpty()) {
        files.put(Layout.log(CLUSTER, namespace, pod, container, Run.CURRENT), log.toByteArray());
        container = "";
      } else if (!container.isEmpty()) {
        log.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    if (!container.isEmpty()) {
      files.put(Layout.log(CLUSTER, namespace, pod, container, Run.CURRENT), log.toByteArray());
    }
  }
}
