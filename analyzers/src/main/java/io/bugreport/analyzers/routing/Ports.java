package io.bugreport.analyzers.routing;

import java.util.Collection;
import java.util.stream.Collectors;

/// Ports in messages.
final class Ports {
  private Ports() {}

  /// As in `80 and 443`, or `none`.
  static String list(Collection<Integer> ports) {
    var words = ports.stream().sorted().map(String::valueOf).toList();
    if (words.isEmpty()) {
      return "none";
    }
    var last = words.getLast();
    return words.size() == 1
        ? last
        : words.stream().limit(words.size() - 1L).collect(Collectors.joining(", "))
            + " and "
            + last;
  }
}
