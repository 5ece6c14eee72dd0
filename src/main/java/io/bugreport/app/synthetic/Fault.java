package io.bugreport.app.synthetic;

import java.util.List;

/// Something wrong with a mesh. It changes what is so, and every file then tells of it.
public sealed interface Fault
    permits MisspelledHost,
        PodWithoutProxy,
        ConflictingGateways,
        StaleNameTable,
        RejectedListeners,
        ExpiredCertificate,
        KilledProxy,
        StuckHelmRelease,
        UnhealthyMachine,
        SeedFault {

  /// Its name on the command line.
  String name();

  /// What finds it: the code of a check, or where to look.
  String seenBy();

  void applyTo(Mesh mesh);

  /// Every fault that the broken sample has.
  static List<Fault> all() {
    return List.of(
        new MisspelledHost(),
        new PodWithoutProxy(),
        new ConflictingGateways(),
        new StaleNameTable(),
        new RejectedListeners(),
        new ExpiredCertificate(),
        new KilledProxy(),
        new StuckHelmRelease(),
        new UnhealthyMachine());
  }

  /// The fault of this name.
  ///
  /// @throws IllegalArgumentException that lists the names where there is none
  static Fault named(String name) {
    return all().stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no fault is called %s; there are: %s"
                        .formatted(
                            name, String.join(", ", all().stream().map(Fault::name).toList()))));
  }
}
