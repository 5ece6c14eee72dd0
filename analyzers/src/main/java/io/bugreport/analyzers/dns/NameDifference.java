package io.bugreport.analyzers.dns;

import io.bugreport.model.istiod.NameTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What a name table lacks of another, and where it has other addresses.
///
/// @param missing hosts that it lacks, sorted
/// @param different hosts with other addresses, each with both, sorted
record NameDifference(List<String> missing, List<String> different) {
  private static final int SHOWN = 3;

  NameDifference {
    missing = List.copyOf(missing);
    different = List.copyOf(different);
  }

  /// Compares the table that an agent should have with the one it has. Hosts that only the agent
  /// has are the alternative names that it adds.
  static NameDifference of(NameTable wanted, NameTable actual) {
    List<String> missing = new ArrayList<>();
    List<String> different = new ArrayList<>();
    wanted
        .addresses()
        .forEach(
            (host, addresses) -> {
              var have = actual.addresses().get(host);
              if (have == null) {
                missing.add(host);
              } else if (!have.equals(addresses)) {
                different.add("%s (%s instead of %s)".formatted(host, list(have), list(addresses)));
              }
            });
    return new NameDifference(missing, different);
  }

  private static String list(Collection<String> addresses) {
    return addresses.isEmpty() ? "no address" : shortened(List.copyOf(addresses));
  }

  boolean isEmpty() {
    return missing.isEmpty() && different.isEmpty();
  }

  /// As in `lacks a.example.com, and has other addresses for b.example.com (10.0.0.1 instead of
  /// 10.0.0.2)`.
  String text() {
    var lacks = missing.isEmpty() ? "" : "lacks " + shortened(missing);
    var differs = different.isEmpty() ? "" : "has other addresses for " + shortened(different);
    return lacks + (lacks.isEmpty() || differs.isEmpty() ? "" : ", and ") + differs;
  }

  private static String shortened(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }
}
