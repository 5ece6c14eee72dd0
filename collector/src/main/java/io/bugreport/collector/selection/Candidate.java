package io.bugreport.collector.selection;

import java.util.List;
import java.util.Map;

/// What is known of a pod when it is selected or not.
///
/// @param kind the kind of the object that owns it, such as `StatefulSet`; `Pod` for bare pods
/// @param workload the name of the Deployment, StatefulSet, DaemonSet, Job or other object that
///   owns it; empty for bare pods
/// @param containers names of all its containers, init and ephemeral ones included
public record Candidate(
    String namespace,
    String kind,
    String workload,
    String pod,
    Role role,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> containers) {

  public Candidate {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    containers = List.copyOf(containers);
  }
}
