package io.bugreport.report.view;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.istiod.NameTable;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Column;
import io.bugreport.report.view.Table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What names resolve to, for whom, and where two proxies disagree. An agent's own table counts;
/// istiod's stands in where an agent gave none.
final class NameTables {
  private record Host(String cluster, String name) implements Comparable<Host> {
    @Override
    public int compareTo(Host other) {
      var byName = name.compareTo(other.name);
      return byName == 0 ? cluster.compareTo(other.cluster) : byName;
    }
  }

  /// What makes names one row.
  private record Same(String cluster, String label, Map<String, List<String>> byAddresses) {}

  /// Where so many times as many proxies have a name as lack it, those that lack it are named.
  private static final int FEW = 3;

  private final Reading reading = new Reading();
  private final Map<String, Set<String>> asked = new TreeMap<>();
  private final Map<Host, Map<String, List<String>>> answers = new TreeMap<>();

  private NameTables() {}

  static Table of(Snapshot snapshot) {
    var tables = new NameTables();
    snapshot.clusters().forEach(tables::read);
    return tables.table();
  }

  private void read(Cluster cluster) {
    var read = new HashSet<String>();
    for (var answer : cluster.answers(Endpoint.AGENT_NAME_TABLE)) {
      read.add(answer.proxy().toString());
      read(cluster, answer, answer.proxy().toString());
    }
    for (var answer : cluster.answers(Endpoint.ISTIOD_NAME_TABLE)) {
      answer
          .about()
          .filter(proxy -> read.add(proxy.toString()))
          .ifPresent(proxy -> read(cluster, answer, proxy.toString()));
    }
  }

  private void read(Cluster cluster, Answer answer, String proxy) {
    reading
        .read(answer, NameTable::read)
        .ifPresent(
            table -> {
              asked.computeIfAbsent(cluster.name(), _ -> new TreeSet<>()).add(proxy);
              table
                  .addresses()
                  .forEach(
                      (name, addresses) ->
                          answers
                              .computeIfAbsent(new Host(cluster.name(), name), _ -> new TreeMap<>())
                              .computeIfAbsent(String.join(", ", addresses), _ -> new ArrayList<>())
                              .add(proxy));
            });
  }

  private Table table() {
    List<Row> disagreeing = new ArrayList<>();
    List<Row> agreeing = new ArrayList<>();
    together()
        .forEach(
            (same, names) -> {
              var rows = same.byAddresses().size() > 1 ? disagreeing : agreeing;
              same.byAddresses()
                  .forEach((addresses, proxies) -> rows.add(row(same, names, addresses, proxies)));
            });
    disagreeing.addAll(agreeing);
    return new Table(
        "names",
        "What names resolve to, those that proxies disagree about first",
        List.of(
            Column.text("Cluster"),
            Column.text("Name"),
            Column.text("Addresses"),
            Column.number("Proxies"),
            Column.text("For whom")),
        disagreeing,
        reading.notes(),
        "No name table was collected.");
  }

  /// Names of one cluster that begin alike and resolve alike for everybody: `reviews.shop` and
  /// `reviews.shop.svc.cluster.local`. The longest stands first.
  private Map<Same, List<String>> together() {
    Map<Same, List<String>> together = new LinkedHashMap<>();
    answers.forEach(
        (host, byAddresses) ->
            together
                .computeIfAbsent(
                    new Same(host.cluster(), firstLabel(host.name()), byAddresses),
                    _ -> new ArrayList<>())
                .add(host.name()));
    together
        .values()
        .forEach(
            names ->
                names.sort(
                    Comparator.comparingInt(String::length)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder())));
    return together;
  }

  private static String firstLabel(String name) {
    var dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private Row row(Same same, List<String> names, String addresses, List<String> proxies) {
    var whom = Wording.some(proxies);
    var missing = missing(same);
    return new Row(
        "",
        List.of(
            Cell.name(same.cluster()),
            Cell.name(String.join("\n", names)),
            Cell.name(addresses.isEmpty() ? "no address" : addresses),
            Cell.number(proxies.size()),
            same.byAddresses().size() > 1
                ? Cell.marked("proxies disagree: " + whom, Tone.WARNING)
                : Cell.of(missing.isEmpty() ? whom : whom + "; not for " + missing)));
  }

  /// The few proxies that have a table without a name that most have. That many have none is how
  /// tables of namespaces and of gateways differ.
  private String missing(Same same) {
    var without = new TreeSet<>(asked.getOrDefault(same.cluster(), Set.of()));
    var with = new TreeSet<String>();
    same.byAddresses().values().forEach(with::addAll);
    without.removeAll(with);
    return without.size() > with.size() / FEW ? "" : Wording.some(List.copyOf(without));
  }
}
