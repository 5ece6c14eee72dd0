package io.bugreport.collector.engine;

import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;

/// Told what a collection is doing, from many threads at once. The plan grows while the run learns
/// what there is.
public interface Progress {

  /// An item was added to the plan.
  default void planned(ItemId id) {}

  /// The first request for an item is about to be sent.
  default void started(ItemId id) {}

  /// An item has its outcome; also for items that were never started.
  default void finished(CollectedItem item) {}

  /// Tells nobody.
  static Progress none() {
    return new Progress() {};
  }
}
