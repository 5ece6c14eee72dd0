package io.bugreport.collector.pods;

import io.bugreport.model.resource.Field;
import java.util.regex.Pattern;

/// The workload that a pod belongs to, told from the pod alone: whatever a user would name, rather
/// than the ReplicaSet or Job in between.
///
/// @param kind such as `Deployment`; `Pod` for bare pods
/// @param name empty for bare pods
record Owner(String kind, String name) {
  private static final Owner NONE = new Owner("Pod", "");
  private static final Pattern SCHEDULED = Pattern.compile("(.+)-\\d{7,}");
  private static final Pattern NUMBERED = Pattern.compile("(.+)-\\d+");

  static Owner of(Field pod) {
    var owner =
        pod.fields("metadata.ownerReferences.*").stream()
            .filter(o -> o.text("controller").equals("true"))
            .findFirst();
    if (owner.isEmpty()) {
      return NONE;
    }
    var kind = owner.get().text("kind");
    var name = owner.get().text("name");
    return switch (kind) {
      case "ReplicaSet" -> ofReplicaSet(pod, name);
      case "Job" -> {
        var scheduled = SCHEDULED.matcher(name);
        yield scheduled.matches()
            ? new Owner("CronJob", scheduled.group(1))
            : new Owner(kind, name);
      }
      case "ReplicationController" -> {
        var numbered = NUMBERED.matcher(name);
        var config = label(pod, "deploymentconfig");
        yield numbered.matches() && numbered.group(1).equals(config)
            ? new Owner("DeploymentConfig", config)
            : new Owner(kind, name);
      }
      default -> new Owner(kind, name);
    };
  }

  private static Owner ofReplicaSet(Field pod, String name) {
    var deployment = "-" + label(pod, "pod-template-hash");
    if (deployment.length() > 1 && name.endsWith(deployment)) {
      return new Owner("Deployment", name.substring(0, name.length() - deployment.length()));
    }
    var rollout = "-" + label(pod, "rollouts-pod-template-hash");
    if (rollout.length() > 1 && name.endsWith(rollout)) {
      return new Owner("Rollout", name.substring(0, name.length() - rollout.length()));
    }
    return new Owner("ReplicaSet", name);
  }

  private static String label(Field pod, String name) {
    return pod.field("metadata.labels").flatMap(l -> l.named(name)).map(Field::text).orElse("");
  }
}
