package io.bugreport.app.collect;

import io.bugreport.collector.CollectionOptions;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;

/// How many bytes an item may be: what was seen on a mesh of 124 services and 600 pods, which is a
/// guess for any other. Archives are about a tenth of it.
final class Estimate {
  private static final long LIST = 100_000;
  private static final long LOG = 1_000_000;
  private static final long LINE = 200;
  private static final long PLAIN = 20_000;

  private Estimate() {}

  static long bytes(CollectedItem item, CollectionOptions options) {
    if (item.bytes() > 0) {
      return item.bytes();
    }
    return switch (item.source()) {
      case ItemId.RESOURCES -> LIST;
      case ItemId.LOGS -> {
        var window = options.logs();
        var tail = window.tail() == 0 ? Long.MAX_VALUE : window.tail() * LINE;
        yield Math.min(Math.min(LOG, tail), window.bytes());
      }
      default -> answer(item.id().substring(item.id().lastIndexOf('/') + 1));
    };
  }

  private static long answer(String word) {
    return switch (word) {
      case "config_dump" -> 2_500_000;
      case "clusters" -> 1_100_000;
      case "endpointShardz", "registryz", "configz", "pushcontext", "ambientz" -> 1_000_000;
      case "certs" -> 172_000;
      case "server_info" -> 127_000;
      case "syncz", "connections", "metrics" -> 100_000;
      default -> PLAIN;
    };
  }
}
