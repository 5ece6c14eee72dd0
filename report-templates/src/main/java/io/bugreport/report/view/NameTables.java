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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private final Reading reading = new Reading();
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
            table ->
                table
                    .addresses()
                    .forEach(
                        (name, addresses) ->
                            answers
                                .computeIfAbsent(
                                    new Host(cluster.name(), name), _ -> new TreeMap<>())
                                .computeIfAbsent(
                                    String.join(", ", addresses), _ -> new ArrayList<>())
                                .add(proxy)));
  }

  private Table table() {
    List<Row> rows = new ArrayList<>();
    answers.forEach(
        (host, byAddresses) ->
            byAddresses.forEach(
                (addresses, proxies) ->
                    rows.add(
                        new Row(
                            "",
                            List.of(
                                Cell.name(host.cluster()),
                                Cell.name(host.name()),
                                Cell.name(addresses.isEmpty() ? "no address" : addresses),
                                Cell.number(proxies.size()),
                                byAddresses.size() > 1
                                    ? Cell.marked(
                                        "proxies disagree: " + Wording.some(proxies), Tone.WARNING)
                                    : Cell.of(Wording.some(proxies)))))));
    return new Table(
        "names",
        "What names resolve to",
        List.of(
            Column.text("Cluster"),
            Column.text("Name"),
            Column.text("Addresses"),
            Column.number("Proxies"),
            Column.text("For whom")),
        rows,
        reading.notes(),
        "No name table was collected.");
  }
}
