package io.bugreport.app.collect;

import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.CollectionSummary;
import io.bugreport.collector.machine.MachineSource;
import io.bugreport.collector.machine.Machines;
import io.bugreport.collector.rights.Need;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Manifest.ClusterEntry;
import io.bugreport.model.snapshot.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What `--dry-run` prints: what would be asked for, about how much that is, and what cannot be
/// had.
public final class PlanText {
  /// What the collector says of an item that only the plan keeps from being asked for.
  private static final String PLANNED = "not begun: only planned";

  private static final int LINES = 12;

  private final CollectionSummary summary;
  private final CollectionOptions options;
  private final StringBuilder text = new StringBuilder();

  private PlanText(CollectionSummary summary, CollectionOptions options) {
    this.summary = summary;
    this.options = options;
  }

  /// What a plan says.
  ///
  /// @param machines virtual machines that would be collected from; none is asked by a plan
  public static String of(CollectionSummary summary, Machines machines, CollectionOptions options) {
    var plan = new PlanText(summary, options);
    summary.clusters().forEach(plan::cluster);
    machines.sources().forEach(plan::machine);
    return plan.text.toString();
  }

  private void machine(MachineSource machine) {
    text.append("\nVirtual machine ")
        .append(machine.name())
        .append(": would run the script that bug-report vm script prints; was not asked.\n");
  }

  private void cluster(ClusterEntry cluster) {
    var version = cluster.server() == null ? "no answer" : "Kubernetes " + cluster.server();
    text.append("Plan for cluster ").append(cluster.name()).append(" (").append(version);
    text.append("); nothing was collected.\n\n");
    var items =
        summary.items().stream().filter(i -> i.itemId().cluster().equals(cluster.name())).toList();
    sources(items.stream().filter(PlanText::isPlanned).toList());
    section("Rights missing", missing(cluster.name()));
    section("Left out", reasons(items, Outcome.SKIPPED));
    section("Failed already", reasons(items, Outcome.FAILED, Outcome.TIMEOUT));
  }

  /// What would be asked for; lists that the plan itself needed are asked for again.
  private static boolean isPlanned(CollectedItem item) {
    return item.source().equals(ItemId.RESOURCES)
        ? item.outcome() == Outcome.OK || item.outcome() == Outcome.EMPTY || isHeld(item)
        : isHeld(item);
  }

  private static boolean isHeld(CollectedItem item) {
    return item.outcome() == Outcome.SKIPPED && PLANNED.equals(item.reason());
  }

  private record Row(long items, long requests, long bytes) {
    Row plus(Row other) {
      return new Row(items + other.items, requests + other.requests, bytes + other.bytes);
    }
  }

  private void sources(List<CollectedItem> items) {
    Map<String, Row> rows = new TreeMap<>();
    Set<String> connected = new HashSet<>();
    for (var item : items) {
      var pod = item.itemId().parts().stream().limit(2).collect(Collectors.joining("/"));
      var alone = item.source().equals(ItemId.RESOURCES) || item.source().equals(ItemId.LOGS);
      // All answers of a pod come over one connection.
      var requests = alone || connected.add(pod) ? 1 : 0;
      rows.merge(
          name(item.source()), new Row(1, requests, Estimate.bytes(item, options)), Row::plus);
    }
    var all = rows.values().stream().reduce(new Row(0, 0, 0), Row::plus);
    text.append("                  items  requests       bytes\n");
    rows.forEach(this::row);
    row("in all", all);
    text.append("\nBytes are a guess: what the like was on a mesh of 124 services.\n");
  }

  private static String name(String source) {
    return switch (source) {
      case ItemId.RESOURCES -> "lists of objects";
      case ItemId.LOGS -> "logs";
      default -> source + " answers";
    };
  }

  private void row(String name, Row row) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-17s %5d %9d %8.1f MB%n",
            name,
            row.items(),
            row.requests(),
            row.bytes() / 1e6));
  }

  private List<String> missing(String cluster) {
    return summary.needs().stream()
        .filter(need -> need.cluster().equals(cluster) && !need.held())
        .map(Need::words)
        .toList();
  }

  private static List<String> reasons(List<CollectedItem> items, Outcome... outcomes) {
    var wanted = Set.of(outcomes);
    Map<String, Long> counts = new TreeMap<>();
    items.stream()
        .filter(i -> wanted.contains(i.outcome()) && !isHeld(i))
        .forEach(i -> counts.merge(String.valueOf(i.reason()), 1L, Long::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " items: " + e.getKey())
        .toList();
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append(" (").append(lines.size()).append("):\n");
      lines.stream().limit(LINES).forEach(line -> text.append("  ").append(line).append('\n'));
      if (lines.size() > LINES) {
        text.append("  and ").append(lines.size() - LINES).append(" more\n");
      }
    }
    if (title.startsWith("Rights") && !lines.isEmpty()) {
      text.append("  bug-report rbac prints the rules to apply\n");
    }
  }
}
