package io.bugreport.collector.selection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One value of `--include` or `--exclude`:
/// `namespaces/workloads/pods/labels/annotations/containers`. Parts may be missing at the end; an
/// empty part or `*` means any. Lists are separated by commas, labels and annotations are
/// `key=value` or just `key`. A backslash takes its meaning from the sign that follows:
/// `app\/name`.
///
/// A pod matches when every part matches; a list matches when one of its names does, labels and
/// annotations when all do.
record SelectionSpec(
    List<Glob> namespaces,
    List<Glob> workloads,
    List<Glob> pods,
    Map<String, Glob> labels,
    Map<String, Glob> annotations,
    List<Glob> containers) {
  private static final int PARTS = 6;

  SelectionSpec {
    namespaces = List.copyOf(namespaces);
    workloads = List.copyOf(workloads);
    pods = List.copyOf(pods);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    containers = List.copyOf(containers);
  }

  /// @throws IllegalArgumentException with a sentence for the user when it breaks the grammar
  static SelectionSpec parse(String text) {
    var parts = split(unquoted(text.strip()), '/');
    if (parts.size() > PARTS) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" has "
              + parts.size()
              + " parts, at most six are known: namespaces/workloads/pods/labels/annotations/containers;"
              + " write \\/ for a slash inside a name");
    }
    while (parts.size() < PARTS) {
      parts.add("");
    }
    return new SelectionSpec(
        names(parts.get(0)),
        names(parts.get(1)),
        names(parts.get(2)),
        pairs(parts.get(3)),
        pairs(parts.get(4)),
        names(parts.get(5)));
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static List<Glob> names(String part) {
    List<Glob> globs = new ArrayList<>();
    for (var name : split(part, ',')) {
      if (!name.isBlank()) {
        globs.add(new Glob(unescaped(name.strip())));
      }
    }
    return globs.stream().anyMatch(Glob::isAny) ? List.of() : globs;
  }

  private static Map<String, Glob> pairs(String part) {
    Map<String, Glob> pairs = new LinkedHashMap<>();
    for (var pair : split(part, ',')) {
      if (pair.isBlank() || pair.strip().equals("*")) {
        continue;
      }
      var sides = split(pair.strip(), '=');
      if (sides.size() > 2) {
        throw new IllegalArgumentException(
            "\""
                + pair
                + "\" has more than one =; write key=value, and \\= for a sign inside a value");
      }
      var value = sides.size() == 2 ? unescaped(sides.get(1)) : "*";
      pairs.put(unescaped(sides.get(0)), new Glob(value));
    }
    return pairs;
  }

  /// Cuts at a sign that no backslash precedes; backslashes stay for the next cut.
  private static List<String> split(String text, char sign) {
    List<String> parts = new ArrayList<>();
    var part = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
      } else if (c == sign) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  boolean matches(Candidate pod) {
    return any(namespaces, pod.namespace())
        && any(workloads, pod.workload())
        && any(pods, pod.pod())
        && all(labels, pod.labels())
        && all(annotations, pod.annotations())
        && (containers.isEmpty() || pod.containers().stream().anyMatch(c -> any(containers, c)));
  }

  private static boolean any(List<Glob> globs, String name) {
    return globs.isEmpty() || globs.stream().anyMatch(g -> g.matches(name));
  }

  private static boolean all(Map<String, Glob> wanted, Map<String, String> actual) {
    return wanted.entrySet().stream()
        .allMatch(
            e -> {
              var value = actual.get(e.getKey());
              return value != null && e.getValue().matches(value);
            });
  }

  /// Whether it names a namespace outright, rather than by a wildcard or not at all.
  boolean namesNamespace(String namespace) {
    return namespaces.stream().anyMatch(g -> g.isLiteral() && g.matches(namespace));
  }

  /// Whether it may match anything in this namespace.
  boolean reaches(String namespace) {
    return any(namespaces, namespace);
  }

  /// Whether it says nothing but namespaces, and so means them as a whole.
  boolean isNamespaceAlone() {
    return !namespaces.isEmpty()
        && workloads.isEmpty()
        && pods.isEmpty()
        && labels.isEmpty()
        && annotations.isEmpty()
        && containers.isEmpty();
  }

  /// Its namespaces where all are named outright; empty otherwise.
  List<String> literalNamespaces() {
    return namespaces.stream().allMatch(Glob::isLiteral)
        ? namespaces.stream().map(Glob::pattern).toList()
        : List.of();
  }
}
