package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.envoy.Section;
import java.util.List;
import java.util.Set;

/// An analyzer that reads what Envoys hold: their configuration dumps and their upstream clusters,
/// by far the largest answers of a snapshot. They are read once for all such analyzers, one entry
/// at a time, several proxies at once. Which of the two it is told of, its check declares among its
/// endpoints; what it kept of each proxy it gets from [Mesh#proxies].
///
/// @param <T> what it keeps of one proxy; it is kept for every proxy, so it should be little
public interface ProxyAnalyzer<T> extends Analyzer {

  /// The endpoints whose answers are read so.
  List<Endpoint> READ_ONCE = List.of(Endpoint.ENVOY_CONFIG_DUMP, Endpoint.ENVOY_CLUSTERS);

  /// The sections of a dump that it wants to be told of. Those that nobody wants are skipped.
  Set<Section> sections();

  /// Those of its sections of which it needs no more than heads: names, states and times, see
  /// [ConfigDump.Selection]. Where all who read a section say so, most of the dump is passed over.
  default Set<Section> heads() {
    return Set.of();
  }

  /// Begins to read a proxy. Several threads call it at once; each uses the reader that it got.
  ProxyReader<T> reader(ProxyPass pass);
}
