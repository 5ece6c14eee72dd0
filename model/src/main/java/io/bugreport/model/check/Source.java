package io.bugreport.model.check;

import io.bugreport.model.archive.Layout.ContainerFile;
import io.bugreport.model.snapshot.ItemId;
import java.util.List;
import java.util.Optional;

/// What a check can read besides objects and the answers of endpoints.
public enum Source {
  /// Summaries of the certificates in Secrets and ConfigMaps, made before redaction.
  CERTIFICATES("certificates"),
  /// Logs of istiod.
  ISTIOD_LOG("logs of istiod"),
  /// Logs of sidecars, gateways and waypoints: those of the agent and of Envoy, access logs among
  /// them.
  PROXY_LOG("logs of proxies"),
  /// Logs of ztunnel.
  ZTUNNEL_LOG("logs of ztunnel"),
  /// Virtual machines that were collected from.
  MACHINES("virtual machines");

  private static final String CONTAINER_OF_ISTIOD = "discovery";
  private static final String CONTAINER_OF_PROXY = "istio-proxy";
  private static final String POD_OF_ZTUNNEL = "ztunnel-";

  private final String readableName;

  Source(String readableName) {
    this.readableName = readableName;
  }

  /// As `checks --output json` lists it.
  public String readableName() {
    return readableName;
  }

  /// The source that a container's log is, if it is of the mesh at all.
  static Optional<Source> ofContainer(String pod, String container) {
    if (container.equals(CONTAINER_OF_ISTIOD)) {
      return Optional.of(ISTIOD_LOG);
    }
    if (!container.equals(CONTAINER_OF_PROXY)) {
      return Optional.empty();
    }
    // ztunnel's container has the same name as a proxy's.
    return Optional.of(pod.startsWith(POD_OF_ZTUNNEL) ? ZTUNNEL_LOG : PROXY_LOG);
  }

  /// The source that a file is, where it is a log.
  static Optional<Source> ofLog(ContainerFile file) {
    return file.file().startsWith(file.container() + "/logs/") && file.file().endsWith(".log")
        ? ofContainer(file.pod(), file.container())
        : Optional.empty();
  }

  /// The source that an item is part of.
  static Optional<Source> ofItem(ItemId id) {
    if (id.source().equals(CERTIFICATES.readableName)) {
      return Optional.of(CERTIFICATES);
    }
    if (id.source().equals(ItemId.MACHINE)) {
      // A single file that is missing is a gap of the checks that read it alone.
      return id.parts().equals(List.of(ItemId.CONNECTION))
          ? Optional.of(MACHINES)
          : Optional.empty();
    }
    if (id.source().equals(ItemId.PODS)) {
      return Optional.of(PROXY_LOG);
    }
    return id.source().equals(ItemId.LOGS) && id.parts().size() >= 3
        ? ofContainer(id.parts().get(1), id.parts().get(2))
        : Optional.empty();
  }

  /// The logs among them.
  static boolean isLog(Source source) {
    return switch (source) {
      case CERTIFICATES, MACHINES -> false;
      case ISTIOD_LOG, PROXY_LOG, ZTUNNEL_LOG -> true;
    };
  }
}
