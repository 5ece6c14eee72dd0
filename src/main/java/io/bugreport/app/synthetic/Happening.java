package io.bugreport.app.synthetic;

import java.time.Instant;

/// An Event.
///
/// @param field the part of the object, such as `spec.containers{istio-proxy}`; empty for all of it
record Happening(
    String type,
    String reason,
    String message,
    String apiVersion,
    String kind,
    String namespace,
    String object,
    String field,
    String component,
    String host,
    int count,
    Instant first,
    Instant last) {

  /// Something that happened to a pod's container, as its kubelet tells it.
  static Happening ofContainer(
      Pod pod,
      String container,
      String type,
      String reason,
      String message,
      int count,
      Instant first,
      Instant last) {
    return new Happening(
        type,
        reason,
        message,
        "v1",
        "Pod",
        pod.workload.namespace(),
        pod.name,
        container.isEmpty() ? "" : "spec.containers{" + container + "}",
        "kubelet",
        pod.node,
        count,
        first,
        last);
  }

  String name() {
    return object + "." + Names.suffix(first.toEpochMilli(), reason + field, 16);
  }
}
