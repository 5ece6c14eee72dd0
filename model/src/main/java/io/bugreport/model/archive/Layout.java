package io.bugreport.model.archive;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Layout v1: the only place that knows where things lie in an archive. Published as
/// `docs/archive-format.md`. Below `clusters/<cluster>/` it is the tree that `oc adm inspect`
/// writes, so that must-gather viewers open it.
///
/// Every name that comes from a mesh is one path segment in which characters other than letters,
/// digits, `.`, `_` and `-` are percent-encoded; [#name(String)] takes that back.
public final class Layout {
  /// The version in `manifest.json`. It changes when a reader of the old one would be misled.
  public static final int VERSION = 1;

  public static final String README = "README.txt";
  public static final String REPORT = "report.html";
  public static final String TICKET = "ticket.md";
  public static final String FINDINGS = "findings.json";
  public static final String SARIF = "findings.sarif";
  public static final String MANIFEST = "manifest.json";
  public static final String COLLECTION = "collection.jsonl";
  public static final String REDACTIONS = "redactions.json";

  /// What is in the archive, where, and with which checksums; see [ArchiveIndex].
  public static final String INDEX = "index.jsonl";

  /// The checksums of all files, where an archive is signed; see [SignedChecksums].
  public static final String CHECKSUMS = "SHA256SUMS";

  private static final String CLUSTERS = "clusters/";
  private static final String MACHINES = "vms/";
  private static final String CLUSTER_SCOPED = "cluster-scoped-resources/";
  private static final String NAMESPACES = "namespaces/";
  private static final String CORE = "core";

  /// Which run of a container a log is of.
  public enum Run {
    CURRENT,
    PREVIOUS;

    /// As in paths and item ids: `current` or `previous`.
    public String word() {
      return this == CURRENT ? "current" : "previous";
    }
  }

  /// A file that belongs to a container of a pod.
  ///
  /// @param file its path below the container's folder, such as `envoy/config_dump.json`
  public record ContainerFile(
      String cluster, String namespace, String pod, String container, String file) {}

  /// A file of Kubernetes objects.
  ///
  /// @param namespace empty for cluster-scoped ones
  /// @param group empty for the core group
  public record ObjectFile(String cluster, String namespace, String group, String plural) {}

  private Layout() {}

  /// Objects of one kind in one namespace, as a list.
  public static String list(String cluster, String namespace, String group, String plural) {
    return cluster(cluster)
        + NAMESPACES
        + segment(namespace)
        + "/"
        + group(group)
        + "/"
        + segment(plural)
        + ".yaml";
  }

  /// One cluster-scoped object.
  public static String object(String cluster, String group, String plural, String name) {
    return cluster(cluster)
        + CLUSTER_SCOPED
        + group(group)
        + "/"
        + segment(plural)
        + "/"
        + segment(name)
        + ".yaml";
  }

  /// One object by itself, in its namespace where it has one.
  ///
  /// @param namespace empty for cluster-scoped ones
  public static String object(
      String cluster, String namespace, String group, String plural, String name) {
    if (namespace.isEmpty()) {
      return object(cluster, group, plural, name);
    }
    var list = list(cluster, namespace, group, plural);
    return withoutSuffix(list) + "/" + segment(name) + ".yaml";
  }

  /// A pod by itself, beside its logs: viewers of must-gathers want it there.
  public static String pod(String cluster, String namespace, String pod) {
    return podFolder(cluster, namespace, pod) + segment(pod) + ".yaml";
  }

  /// A container's log.
  public static String log(
      String cluster, String namespace, String pod, String container, Run run) {
    var name = segment(container);
    return podFolder(cluster, namespace, pod) + name + "/" + name + "/logs/" + run.word() + ".log";
  }

  /// What one of a container's endpoints answered.
  ///
  /// @param file such as `envoy/config_dump.json`
  public static String answer(
      String cluster, String namespace, String pod, String container, String file) {
    return podFolder(cluster, namespace, pod) + segment(container) + "/" + file;
  }

  /// The API server's version.
  public static String version(String cluster) {
    return cluster(cluster) + "version.json";
  }

  /// The API server's resources, as one aggregated discovery document.
  public static String discovery(String cluster) {
    return cluster(cluster) + "discovery.json";
  }

  /// Summaries of the certificates in Secrets and ConfigMaps.
  public static String certificates(String cluster) {
    return cluster(cluster) + "certificates.json";
  }

  /// The file that marks a must-gather's age.
  public static String timestamp(String cluster) {
    return cluster(cluster) + "timestamp";
  }

  /// The folder of a cluster, with a slash at its end.
  public static String cluster(String cluster) {
    return CLUSTERS + segment(cluster) + "/";
  }

  private static String podFolder(String cluster, String namespace, String pod) {
    return cluster(cluster) + NAMESPACES + segment(namespace) + "/pods/" + segment(pod) + "/";
  }

  private static String group(String group) {
    return group.isEmpty() ? CORE : segment(group);
  }

  /// Whether a folder of this name, with its slash, belongs directly below an archive's root.
  static boolean isTopLevel(String folder) {
    return folder.equals(CLUSTERS) || folder.equals(MACHINES);
  }

  /// A file of a virtual machine.
  ///
  /// @param machine the machine's name in the archive
  /// @param file its path below the machine's folder, such as `files/cluster.env`
  public static String machineFile(String machine, String file) {
    return MACHINES + segment(machine) + "/" + file;
  }

  /// The virtual machine that a file belongs to.
  public static Optional<String> machineOf(String path) {
    var parts = parts(path);
    return parts.size() > 2 && path.startsWith(MACHINES)
        ? Optional.of(name(parts.get(1)))
        : Optional.empty();
  }

  /// The cluster that a file belongs to.
  public static Optional<String> clusterOf(String path) {
    var parts = parts(path);
    return parts.size() > 2 && path.startsWith(CLUSTERS)
        ? Optional.of(name(parts.get(1)))
        : Optional.empty();
  }

  /// Which objects a file holds. Lists and files of one object are told apart by their content
  /// alone.
  public static Optional<ObjectFile> objectFile(String path) {
    var parts = parts(path);
    if (parts.size() < 5 || !path.startsWith(CLUSTERS) || !isDocument(path)) {
      return Optional.empty();
    }
    var cluster = name(parts.get(1));
    if ((parts.get(2) + "/").equals(CLUSTER_SCOPED) && parts.size() <= 6) {
      return Optional.of(
          new ObjectFile(cluster, "", ungroup(parts.get(3)), ungroupedPlural(parts, 4)));
    }
    if ((parts.get(2) + "/").equals(NAMESPACES)
        && (parts.size() == 6 || parts.size() == 7)
        && !parts.get(4).equals("pods")) {
      return Optional.of(
          new ObjectFile(
              cluster, name(parts.get(3)), ungroup(parts.get(4)), ungroupedPlural(parts, 5)));
    }
    return Optional.empty();
  }

  private static String ungroupedPlural(List<String> parts, int at) {
    var part = parts.get(at);
    return name(at == parts.size() - 1 ? withoutSuffix(part) : part);
  }

  private static String ungroup(String folder) {
    return folder.equals(CORE) ? "" : name(folder);
  }

  /// The container that a file belongs to.
  public static Optional<ContainerFile> containerFile(String path) {
    var parts = parts(path);
    if (parts.size() < 8
        || !path.startsWith(CLUSTERS)
        || !(parts.get(2) + "/").equals(NAMESPACES)
        || !parts.get(4).equals("pods")) {
      return Optional.empty();
    }
    return Optional.of(
        new ContainerFile(
            name(parts.get(1)),
            name(parts.get(3)),
            name(parts.get(5)),
            name(parts.get(6)),
            String.join("/", parts.subList(7, parts.size()))));
  }

  /// The namespace of a pod that lies beside its logs, see [#pod(String, String, String)].
  public static Optional<String> podFile(String path) {
    var parts = parts(path);
    return parts.size() == 7
            && path.startsWith(CLUSTERS)
            && (parts.get(2) + "/").equals(NAMESPACES)
            && parts.get(4).equals("pods")
            && parts.get(6).equals(parts.get(5) + ".yaml")
        ? Optional.of(name(parts.get(3)))
        : Optional.empty();
  }

  /// Whether a file is one that this program adds about the snapshot as a whole.
  public static boolean isOurs(String path) {
    return switch (path) {
      case README, REPORT, TICKET, FINDINGS, SARIF, MANIFEST, COLLECTION, REDACTIONS, INDEX -> true;
      default -> SignedChecksums.isSignature(path);
    };
  }

  /// Whether a file is YAML or JSON.
  public static boolean isDocument(String path) {
    return path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
  }

  private static String withoutSuffix(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  /// A name as a path segment.
  public static String segment(String name) {
    if (name.equals(".") || name.equals("..")) {
      return name.replace(".", "%2E");
    }
    StringBuilder encoded = null;
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < bytes.length; i++) {
      var c = (char) (bytes[i] & 0xff);
      if (isPlain(c)) {
        if (encoded != null) {
          encoded.append(c);
        }
      } else {
        if (encoded == null) {
          encoded = new StringBuilder(new String(bytes, 0, i, StandardCharsets.UTF_8));
        }
        encoded.append('%').append(String.format("%02X", (int) c));
      }
    }
    return encoded == null ? name : encoded.toString();
  }

  private static boolean isPlain(char c) {
    return (c < 128 && Character.isLetterOrDigit(c)) || c == '-' || c == '_' || c == '.';
  }

  /// The name that a path segment stands for.
  public static String name(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // a foreign archive's own use of the sign
    }
  }
}
