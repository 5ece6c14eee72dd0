package io.bugreport.app.synthetic;

import java.util.List;

/// The events of pods that started as they should, as long as a cluster keeps them.
final class Started {
  private static final int KEPT = 200;

  private Started() {}

  static List<Happening> events(Mesh mesh) {
    return mesh.pods.stream()
        .limit(KEPT)
        .map(
            pod ->
                Happening.ofContainer(
                    pod,
                    pod.workload.container().isEmpty() ? "istio-proxy" : pod.workload.container(),
                    "Normal",
                    "Started",
                    "Container started",
                    1,
                    pod.started.plusSeconds(3),
                    pod.started.plusSeconds(3)))
        .toList();
  }
}
