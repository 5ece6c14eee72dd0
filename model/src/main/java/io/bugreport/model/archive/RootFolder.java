package io.bugreport.model.archive;

import java.util.NavigableMap;
import java.util.TreeMap;

/// The one folder that all entries of an archive usually lie in.
final class RootFolder {
  private RootFolder() {}

  /// Takes it away, where all entries share one.
  static <T> NavigableMap<String, T> strip(NavigableMap<String, T> entries) {
    if (entries.isEmpty()) {
      return entries;
    }
    var first = entries.firstKey();
    var slash = first.indexOf('/');
    if (slash < 0) {
      return entries;
    }
    var root = first.substring(0, slash + 1);
    if (Layout.isTopLevel(root) || !entries.keySet().stream().allMatch(p -> p.startsWith(root))) {
      return entries;
    }
    var stripped = new TreeMap<String, T>();
    entries.forEach((path, entry) -> stripped.put(path.substring(root.length()), entry));
    return stripped;
  }

  /// Takes away the `./` that `tar` writes before each name of the folder it was started in.
  static String withoutDots(String name) {
    var path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    return path;
  }
}
