package io.bugreport.analyzers.workload;

import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.POD;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.analyzers.mesh.Containers;
import io.bugreport.analyzers.mesh.ControlPlane;
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
import java.util.Set;

/// A container that the mesh itself consists of does not run as it should: istiod, a ztunnel, the
/// CNI agent (`CP-16`), or a proxy with what prepares its pod (`ENV-26`). Or an istiod has no
/// replica that is ready (`CP-20`).
///
/// It cannot be started (its image cannot be pulled, its configuration is missing), it dies again
/// and again, or it was killed within the last day because its memory ran out. A proxy that runs
/// and is not ready is a warning only, for the cause is elsewhere: in configuration that it rejects
/// or does not get.
///
/// Applications are left alone. So are the containers of pods that have ended or are being deleted.
///
/// ## Fix
///
/// ```sh
/// kubectl -n NAMESPACE describe pod POD
/// kubectl -n NAMESPACE logs POD -c CONTAINER --previous
/// ```
///
/// A container that runs out of memory needs a higher limit, or less to hold: a proxy gets less
/// configuration with a `Sidecar` that names what it calls, istiod with `discoverySelectors`.
@Check(
    codes = {"ENV-26", "CP-16", "CP-20"},
    title = "Container of the mesh that does not run",
    severity = Severity.ERROR,
    resources = {POD, DEPLOYMENT})
public final class BrokenContainer implements Analyzer {
  private static final Set<String> OF_PROXY =
      Set.of(Containers.PROXY, "istio-init", "istio-validation", "enable-core-dump");
  private static final Set<String> CANNOT_START =
      Set.of(
          "CrashLoopBackOff",
          "ImagePullBackOff",
          "ErrImagePull",
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");
  private static final String ISTIOD = "discovery";

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    var controlPlane = ControlPlane.of(mesh.all(DEPLOYMENT));
    for (var istiod : controlPlane.deployments()) {
      var others =
          controlPlane.in(istiod.id().cluster()).stream().anyMatch(BrokenContainer::isAvailable);
      unavailable(istiod)
          .map(o -> others ? o.severity(isStopped(istiod) ? Severity.INFO : Severity.ERROR) : o)
          .ifPresent(observations::add);
    }
    for (var pod : mesh.all(POD)) {
      var phase = pod.text("status.phase");
      if (phase.equals("Succeeded")
          || phase.equals("Failed")
          || !pod.text("metadata.deletionTimestamp").isEmpty()) {
        continue;
      }
      var statuses = new ArrayList<>(pod.fields("status.initContainerStatuses.*"));
      statuses.addAll(pod.fields("status.containerStatuses.*"));
      for (var status : statuses) {
        if (isOfMesh(pod, status.text("name"))) {
          problem(pod, status, mesh.collectedAt()).ifPresent(observations::add);
        }
      }
    }
    return observations.stream().map(BrokenContainer::tied).toList();
  }

  /// Without istiod nothing else comes: certificates, configuration, proxies of new pods.
  private static Observation tied(Observation observation) {
    var ofIstiod =
        observation.resource().kind().equals("Deployment")
            || observation.message().startsWith("The container " + ISTIOD + " ");
    var cluster = observation.resource().cluster();
    return ofIstiod
        ? observation
            .tie(Ties.topic(Topic.CONTROL_PLANE, cluster))
            .tie(Ties.topic(Topic.SIGNING, cluster))
            .tie(Ties.topic(Topic.WEBHOOKS, cluster))
        : observation;
  }

  private static boolean isOfMesh(Resource pod, String container) {
    return OF_PROXY.contains(container) || isControlPlane(pod, container);
  }

  private static boolean isControlPlane(Resource pod, String container) {
    var app = pod.labels().getOrDefault("app", "");
    var k8sApp = pod.labels().getOrDefault("k8s-app", "");
    return (container.equals(ISTIOD) && app.equals("istiod"))
        || app.equals("ztunnel")
        || container.equals("install-cni")
        || k8sApp.equals("istio-cni-node");
  }

  private static boolean isAvailable(Resource istiod) {
    return istiod.field("status.readyReplicas").flatMap(Field::number).orElse(0) > 0;
  }

  /// Whether it is meant to have no replica, as an earlier revision that is kept for a way back.
  private static boolean isStopped(Resource istiod) {
    return istiod.text("spec.replicas").equals("0");
  }

  private static Optional<Observation> unavailable(Resource istiod) {
    var wanted = istiod.field("spec.replicas").flatMap(Field::number).orElse(1);
    var status = istiod.field("status");
    if (wanted == 0) {
      return Optional.of(
          Observation.of(
                  istiod,
                  istiod.field("spec.replicas").orElseThrow(),
                  "istiod is scaled to zero: no proxy gets configuration or certificates, and no pod a proxy.")
              .code("CP-20")
              .severity(Severity.CRITICAL));
    }
    var ready = istiod.field("status.readyReplicas").flatMap(Field::number).orElse(0);
    if (status.isEmpty() || status.get().children().isEmpty() || ready > 0) {
      return Optional.empty();
    }
    return Optional.of(
        Observation.of(
                istiod,
                status.get(),
                "None of %d replicas of istiod is ready: no proxy gets configuration or certificates."
                    .formatted(wanted))
            .code("CP-20")
            .severity(Severity.CRITICAL));
  }

  private static Optional<Observation> problem(Resource pod, Field status, Instant now) {
    var name = status.text("name");
    var waiting = status.text("state.waiting.reason");
    var last = status.field("lastState.terminated");
    var restarts = status.text("restartCount");
    if (CANNOT_START.contains(waiting)) {
      var died =
          last.map(t -> died(t) + ", " + restarts + " restarts")
              .orElse(status.text("state.waiting.message").lines().findFirst().orElse(""));
      return Optional.of(
          about(
              pod,
              name,
              status.field("state.waiting.reason").orElse(status),
              "The container %s does not run: %s%s."
                  .formatted(name, waiting, died.isEmpty() ? "" : " (" + died + ")"),
              Severity.ERROR));
    }
    if (last.isPresent() && isKilled(last.get(), now)) {
      return Optional.of(
          about(
              pod,
              name,
              last.get(),
              "The container %s was killed for its use of memory at %s (%s restarts)."
                  .formatted(name, last.get().text("finishedAt"), restarts),
              Severity.ERROR));
    }
    var unready =
        status.text("ready").equals("false")
            && status.field("state.running").isPresent()
            && name.equals(Containers.PROXY)
            && Age.isAtLeast(Thresholds.UNREADY, status.text("state.running.startedAt"), now);
    return unready
        ? Optional.of(
            about(
                pod,
                name,
                status.field("ready").orElse(status),
                "The proxy runs since %s and is not ready: it has no configuration, or rejects it."
                    .formatted(status.text("state.running.startedAt")),
                Severity.WARNING))
        : Optional.empty();
  }

  private static boolean isKilled(Field terminated, Instant now) {
    return terminated.text("reason").equals("OOMKilled")
        && !Age.isAtLeast(Thresholds.RECENT_DEATH, terminated.text("finishedAt"), now);
  }

  private static String died(Field terminated) {
    var reason = terminated.text("reason");
    return "it ended with code "
        + terminated.text("exitCode")
        + (reason.isEmpty() || reason.equals("Error") ? "" : ", " + reason);
  }

  private static Observation about(
      Resource pod, String container, Field place, String message, Severity severity) {
    var observation = Observation.of(pod, place, message).severity(severity);
    return isControlPlane(pod, container) ? observation.code("CP-16") : observation;
  }
}
