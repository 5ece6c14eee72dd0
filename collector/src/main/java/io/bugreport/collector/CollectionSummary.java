package io.bugreport.collector;

import io.bugreport.collector.rights.Need;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.Manifest;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a collection did: what the manifest is made of.
///
/// @param items every planned item with its outcome, sorted by id
/// @param clusters the clusters, sorted by name
/// @param bytes bytes received, before redaction and compression
/// @param phases milliseconds of each phase; with several clusters, of the slowest
/// @param needs the rights that the run makes use of, sorted
/// @param interrupted why the run ended before its plan was done; null where it was done
public record CollectionSummary(
    List<CollectedItem> items,
    Instant started,
    Instant finished,
    List<Manifest.ClusterEntry> clusters,
    long bytes,
    SequencedMap<String, Long> phases,
    List<Need> needs,
    @Nullable String interrupted) {

  public CollectionSummary {
    items = List.copyOf(items);
    clusters = List.copyOf(clusters);
    needs = needs.stream().sorted(Need.ORDER).toList();
    phases = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(phases));
  }

  /// How many items had each outcome.
  public SequencedMap<String, Long> outcomes() {
    var outcomes = new TreeMap<String, Long>();
    items.forEach(item -> outcomes.merge(item.outcome().word(), 1L, Long::sum));
    return outcomes;
  }
}
