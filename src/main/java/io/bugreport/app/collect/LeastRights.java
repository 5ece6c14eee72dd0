package io.bugreport.app.collect;

import io.bugreport.collector.rights.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The least RBAC objects that allow a run everything it makes use of, as YAML to apply: a
/// ClusterRole for what is asked of the whole cluster, and a Role in each namespace that is asked
/// by itself.
public final class LeastRights {
  private static final String NAME = "bug-report";

  private final Subject subject;
  private final StringBuilder yaml = new StringBuilder();

  /// Who gets the rights.
  ///
  /// @param kind `ServiceAccount`, `User` or `Group`
  /// @param namespace of a service account; empty otherwise
  public record Subject(String kind, String namespace, String name) {
    public Subject {
      if (name.isBlank()) {
        throw new IllegalArgumentException("rights are given to somebody with a name");
      }
    }
  }

  private LeastRights(Subject subject) {
    this.subject = subject;
  }

  /// Writes the objects, ready to apply.
  ///
  /// @param needs what a run in one cluster makes use of
  public static String yaml(List<Need> needs, Subject subject) {
    var rights = new LeastRights(subject);
    Map<String, List<Need>> byNamespace = new TreeMap<>();
    needs.forEach(n -> byNamespace.computeIfAbsent(n.namespace(), _ -> new ArrayList<>()).add(n));
    byNamespace.forEach(rights::role);
    return rights.yaml.toString();
  }

  private void role(String namespace, List<Need> needs) {
    var prefix = namespace.isEmpty() ? "Cluster" : "";
    head(prefix + "Role", namespace);
    yaml.append("rules:\n");
    rules(needs).forEach(this::rule);
    head(prefix + "RoleBinding", namespace);
    yaml.append("roleRef:\n  apiGroup: rbac.authorization.k8s.io\n");
    yaml.append("  kind: ").append(prefix).append("Role\n  name: " + NAME + "\n");
    yaml.append("subjects:\n- kind: ").append(subject.kind()).append('\n');
    yaml.append("  name: ").append(quoted(subject.name())).append('\n');
    if (subject.namespace().isEmpty()) {
      yaml.append("  apiGroup: rbac.authorization.k8s.io\n");
    } else {
      yaml.append("  namespace: ").append(quoted(subject.namespace())).append('\n');
    }
  }

  private void head(String kind, String namespace) {
    yaml.append("---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ").append(kind).append('\n');
    yaml.append("metadata:\n  name: " + NAME + "\n");
    if (!namespace.isEmpty()) {
      yaml.append("  namespace: ").append(quoted(namespace)).append('\n');
    }
  }

  private record Key(String group, SequencedSet<String> verbs) {}

  /// Resources of one group with the same verbs share a rule.
  private static SequencedMap<Key, SequencedSet<String>> rules(List<Need> needs) {
    SequencedMap<Key, SequencedSet<String>> rules = new LinkedHashMap<>();
    needs.forEach(
        n ->
            rules
                .computeIfAbsent(new Key(n.group(), n.verbs()), _ -> new TreeSet<>())
                .add(n.resource()));
    return rules;
  }

  private void rule(Key key, SequencedSet<String> resources) {
    yaml.append("- apiGroups: [").append(quoted(key.group())).append("]\n");
    yaml.append("  resources: [").append(String.join(", ", resources)).append("]\n");
    yaml.append("  verbs: [").append(String.join(", ", key.verbs())).append("]\n");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
