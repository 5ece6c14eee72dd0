package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/// A must-gather, or what `oc adm inspect` wrote: the tree that lies below `clusters/<cluster>/` in
/// ours, perhaps once for each image below folders of their own.
final class MustGatherImporter implements Importer {
  static final String CLUSTER = "must-gather";

  private static final Pattern TREE =
      Pattern.compile(
          "(?:[^/]+/){0,3}?((?:namespaces/[^/]+/.+|cluster-scoped-resources/[^/]+/.+))");

  /// What folders of manifests do not have: many of those have a `namespaces/` too.
  private static final Pattern MARK =
      Pattern.compile(
          "(?:[^/]+/){0,3}(?:namespaces/[^/]+/(?:core/[a-z]+\\.yaml|pods/[^/]+/.+)"
              + "|cluster-scoped-resources/[^/]+/.+)");

  private static final Pattern NAMESPACES =
      Pattern.compile(
          "(?:[^/]+/){0,3}cluster-scoped-resources/core/namespaces(?:/[^/]+)?\\.(?:yaml|json)");

  /// A namespace's own object, as `oc adm inspect` puts it beside what is in it.
  private static final Pattern NAMESPACE = Pattern.compile("namespaces/([^/]+)/\\1\\.yaml");

  /// As the must-gather images of service meshes, and Kiali, call a proxy's configuration.
  private static final Pattern PROXY =
      Pattern.compile("namespaces/([^/]+)/pods/([^/]+)/config_dump_proxy\\.json");

  @Override
  public boolean recognizes(SequencedSet<String> paths) {
    return paths.stream().anyMatch(path -> MARK.matcher(path).matches());
  }

  @Override
  public Reach reach(SequencedSet<String> paths) {
    return paths.stream().anyMatch(path -> NAMESPACES.matcher(path).matches())
        ? Reach.NAMED
        : Reach.SOME;
  }

  @Override
  public String tool() {
    return "must-gather";
  }

  @Override
  public void place(ArchiveReader archive, ImportedFiles files) {
    for (var path : archive.paths()) {
      var tree = TREE.matcher(path);
      files.rename(path, tree.matches() ? place(tree.group(1)) : CLUSTER + "/" + path);
    }
  }

  private static String place(String path) {
    var namespace = NAMESPACE.matcher(path);
    if (namespace.matches()) {
      return Layout.cluster(CLUSTER)
          + "cluster-scoped-resources/core/namespaces/"
          + namespace.group(1)
          + ".yaml";
    }
    var proxy = PROXY.matcher(path);
    return proxy.matches()
        ? Layout.answer(
            CLUSTER,
            Layout.name(proxy.group(1)),
            Layout.name(proxy.group(2)),
            "istio-proxy",
            Endpoint.ENVOY_CONFIG_DUMP.file())
        : Layout.cluster(CLUSTER) + path;
  }
}
