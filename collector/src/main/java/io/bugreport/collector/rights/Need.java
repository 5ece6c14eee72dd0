package io.bugreport.collector.rights;

import java.util.Collections;
import java.util.Comparator;
import java.util.SequencedSet;
import java.util.TreeSet;

/// A right that a run makes use of.
///
/// @param cluster the cluster's name in the archive
/// @param namespace empty for the whole cluster
/// @param group empty for the core group
/// @param resource with its subresource, such as `pods/log`
/// @param verbs such as `list`
/// @param held whether the user has it; also true where that is not known
public record Need(
    String cluster,
    String namespace,
    String group,
    String resource,
    SequencedSet<String> verbs,
    boolean held) {
  /// Clusters, namespaces, groups and resources by their names.
  public static final Comparator<Need> ORDER =
      Comparator.comparing(Need::cluster)
          .thenComparing(Need::namespace)
          .thenComparing(Need::group)
          .thenComparing(Need::resource);

  public Need {
    verbs = Collections.unmodifiableSequencedSet(new TreeSet<>(verbs));
  }

  /// In words: `list secrets in the whole cluster`.
  public String words() {
    return Rights.words(String.join(", ", verbs), group, resource, namespace);
  }
}
