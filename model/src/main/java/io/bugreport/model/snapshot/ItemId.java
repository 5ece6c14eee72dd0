package io.bugreport.model.snapshot;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import java.util.List;

/// The name of a planned item: its cluster, its source, and what that source was asked for, joined
/// by slashes. The same mesh gives the same ids, so that two snapshots can be compared.
///
/// @param cluster the cluster's name in the archive, or the virtual machine's
/// @param source `resources`, `logs`, `version`, `discovery`, `vm`, or a
///   [io.bugreport.model.endpoint.Server]'s folder
/// @param parts what the source was asked for, widest first
public record ItemId(String cluster, String source, List<String> parts) {
  public static final String RESOURCES = "resources";
  public static final String LOGS = "logs";

  /// The source of items that say which pods of a workload were left out of a sample.
  public static final String PODS = "pods";

  /// The source of all that is collected of a virtual machine.
  public static final String MACHINE = "vm";

  /// The part that stands for a machine as a whole, where nothing of it could be collected.
  public static final String CONNECTION = "connection";

  public ItemId {
    parts = List.copyOf(parts);
  }

  /// All objects of a kind, in the whole cluster.
  public static ItemId resources(String cluster, String group, String plural) {
    return new ItemId(cluster, RESOURCES, List.of(groupOrCore(group), plural));
  }

  /// All objects of a kind in one namespace, where the cluster as a whole may not be listed.
  public static ItemId resources(String cluster, String group, String plural, String namespace) {
    return new ItemId(cluster, RESOURCES, List.of(groupOrCore(group), plural, namespace));
  }

  public static ItemId log(
      String cluster, String namespace, String pod, String container, Run run) {
    return new ItemId(cluster, LOGS, List.of(namespace, pod, container, run.word()));
  }

  /// What a container's endpoint answers.
  public static ItemId answer(
      String cluster, String namespace, String pod, String container, Endpoint endpoint) {
    return new ItemId(
        cluster, endpoint.server().folder(), List.of(namespace, pod, container, endpoint.word()));
  }

  /// What an istiod replica answers about one proxy.
  public static ItemId answer(
      String cluster,
      String namespace,
      String pod,
      String container,
      Endpoint endpoint,
      ProxyId proxy) {
    return new ItemId(
        cluster,
        endpoint.server().folder(),
        List.of(namespace, pod, container, endpoint.word(), proxy.toString()));
  }

  /// A file of a virtual machine.
  ///
  /// @param file its path below the machine's folder, such as `files/cluster.env`
  public static ItemId machine(String machine, String file) {
    return new ItemId(machine, MACHINE, List.of(file.split("/", -1)));
  }

  /// Anything that a cluster has one of, such as `version`.
  public static ItemId single(String cluster, String source) {
    return new ItemId(cluster, source, List.of());
  }

  /// Reads an id that was written by [#toString()].
  public static ItemId parse(String text) {
    var parts = List.of(text.split("/", -1));
    if (parts.size() < 2) {
      throw new IllegalArgumentException("not the id of an item: " + text);
    }
    return new ItemId(
        Layout.name(parts.get(0)),
        parts.get(1),
        parts.subList(2, parts.size()).stream().map(Layout::name).toList());
  }

  private static String groupOrCore(String group) {
    return group.isEmpty() ? "core" : group;
  }

  @Override
  public String toString() {
    var text = new StringBuilder(Layout.segment(cluster)).append('/').append(source);
    parts.forEach(part -> text.append('/').append(Layout.segment(part)));
    return text.toString();
  }
}
