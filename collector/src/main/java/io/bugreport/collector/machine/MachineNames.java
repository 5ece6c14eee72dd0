package io.bugreport.collector.machine;

import java.util.HashSet;
import java.util.Set;

/// The names of machines in the archive: what they call themselves, with a number where two call
/// themselves alike.
final class MachineNames {
  private static final int LENGTH = 80;

  private final Set<String> taken = new HashSet<>();

  /// A name that no other machine of the run has.
  ///
  /// @param wanted what the machine says; anything
  synchronized String of(String wanted) {
    var name = wanted.isBlank() ? "unnamed" : wanted.strip();
    name = name.length() > LENGTH ? name.substring(0, LENGTH) : name;
    var unique = name;
    for (var i = 2; !taken.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }
}
