package io.bugreport.model.snapshot;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Server;
import java.util.Set;

/// What a reader of an archive can do without last, the most important first.
public enum Importance {
  /// What findings rest on.
  EVIDENCE("that findings rest on"),
  /// Events, logs of runs that ended, and what arrived in part.
  ERRORS("about errors"),
  /// istiod, ztunnel, gateways, and the mesh's own configuration.
  CONTROL_PLANE("of the control plane"),
  /// Other Kubernetes objects.
  OBJECTS("of Kubernetes objects"),
  /// What proxies and their agents answered.
  PROXIES("of proxies"),
  /// Logs of everything else.
  LOGS("of logs"),
  /// What none of the above is.
  OTHER("of other kinds");

  private final String word;

  Importance(String word) {
    this.word = word;
  }

  /// As it goes on after "12 files".
  public String word() {
    return word;
  }

  /// The importance of a file.
  ///
  /// @param evidence the files that findings rest on
  /// @param broken the files of items that did not arrive whole
  public static Importance of(String path, Set<String> evidence, Set<String> broken) {
    if (evidence.contains(path)) {
      return EVIDENCE;
    }
    if (broken.contains(path) || path.endsWith("/logs/previous.log")) {
      return ERRORS;
    }
    var container = Layout.containerFile(path);
    if (container.isPresent()) {
      return of(container.get());
    }
    var objects = Layout.objectFile(path);
    if (objects.isPresent()) {
      var o = objects.get();
      if (o.plural().equals("events")) {
        return ERRORS;
      }
      return o.group().endsWith("istio.io")
              || o.group().equals("gateway.networking.k8s.io")
              || o.group().equals("admissionregistration.k8s.io")
          ? CONTROL_PLANE
          : OBJECTS;
    }
    if (Layout.podFile(path).isPresent()) {
      return OBJECTS;
    }
    return Layout.clusterOf(path).isPresent() && path.split("/", -1).length <= 4
        ? CONTROL_PLANE
        : OTHER;
  }

  private static Importance of(Layout.ContainerFile file) {
    if (file.container().equals("discovery")
        || file.pod().startsWith("ztunnel-")
        || file.pod().contains("gateway")
        || file.file().startsWith(Server.ISTIOD.folder() + "/")) {
      return CONTROL_PLANE;
    }
    return file.file().endsWith(".log") ? LOGS : PROXIES;
  }
}
