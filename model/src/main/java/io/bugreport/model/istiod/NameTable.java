package io.bugreport.model.istiod;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The names that an agent's DNS proxy answers for. istiod shows the table that it has for a proxy
/// (`{"configs":[{"table":{…}}]}`), the agent the one that it answers from (`{"table":{…}}`), to
/// which it added alternative names.
///
/// @param addresses the addresses of each host, sorted
/// @param location where the table begins
public record NameTable(SequencedMap<String, SortedSet<String>> addresses, Location location) {

  public NameTable {
    addresses = Collections.unmodifiableSequencedMap(new TreeMap<>(addresses));
  }

  /// Reads either form. A server that has no table for a proxy answers with an empty object.
  public static NameTable read(Answer answer) throws IOException {
    return read(answer.document());
  }

  static NameTable read(Field document) {
    var addresses = new TreeMap<String, SortedSet<String>>();
    var location = document.location();
    var tables = document.fields("configs.*.table");
    for (var table : tables.isEmpty() ? document.fields("table") : tables) {
      location = table.location();
      for (var host : table.children()) {
        var name = host.path().substring(table.path().length() + 1);
        var ips = addresses.computeIfAbsent(name, _ -> new TreeSet<>());
        host.fields("ips.*").forEach(ip -> ips.add(ip.text()));
      }
    }
    return new NameTable(addresses, location);
  }

  /// Whether it holds no name at all: the server has no table.
  public boolean isEmpty() {
    return addresses.isEmpty();
  }
}
