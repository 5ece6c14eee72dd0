package io.bugreport.app.synthetic;

import java.util.List;
import java.util.function.Consumer;

/// A sample mesh with exactly one cause of trouble, which is to be the first finding.
///
/// @param name its name on the command line
/// @param code the code of the finding that names the cause
/// @param fault what is wrong
public record Scenario(String name, String code, Fault fault) {

  /// Every scenario, in the order of the page that lists them.
  public static List<Scenario> all() {
    return List.of(
        of("broken-dns-capture", "DNS-02", SeedFaults::brokenDnsCapture),
        new Scenario("stale-name-table", "DNS-05", new StaleNameTable()),
        of("orphaned-workload-entry", "VM-01", SeedFaults::orphanedWorkloadEntry),
        new Scenario("unhealthy-machine", "VM-05", new UnhealthyMachine()),
        new Scenario("stuck-helm-release", "INS-01", new StuckHelmRelease()),
        of("dead-webhook", "INS-02", SeedFaults::deadWebhook),
        of("unsynced-remote-cluster", "MC-01", SeedFaults::unsyncedCluster),
        of("no-common-root", "CA-07", SeedFaults::noCommonRoot),
        of("unapproved-csr", "CA-02", SeedFaults::unapprovedRequest),
        of("mixer-leftovers", "MIX-05", SeedFaults::mixerLeftovers),
        of("misplaced-gateway-secret", "GWC-01", SeedFaults::misplacedSecret),
        new Scenario("rejected-listener", "ENV-01", new RejectedListeners()),
        of("missing-endpoints", "ENV-06", SeedFaults::missingEndpoints),
        of("ejected-hosts", "ENV-14", SeedFaults::ejectedHosts));
  }

  private static Scenario of(String name, String code, Consumer<Mesh> change) {
    return new Scenario(name, code, new SeedFault(name, code, change));
  }
}
