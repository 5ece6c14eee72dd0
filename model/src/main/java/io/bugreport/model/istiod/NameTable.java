package io.bugreport.model.istiod;

import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;

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
  ///
  /// @throws DocumentException with the line at which it stops being readable
  public static NameTable read(Answer answer) throws IOException {
    try (var in = answer.open()) {
      return NameTableParser.read(answer.path(), in);
    }
  }

  /// Whether it holds no name at all: the server has no table.
  public boolean isEmpty() {
    return addresses.isEmpty();
  }
}
