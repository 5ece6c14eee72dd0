package io.bugreport.collector.engine;

import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every item that was planned. None leaves it without an outcome.
public final class Ledger {
  private final Progress progress;
  private final Map<String, Item> items = new HashMap<>();
  private boolean sealed;

  public Ledger(Progress progress) {
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /// Plans an item.
  ///
  /// @param path the file that it becomes
  public Item plan(ItemId id, @Nullable String path) {
    return plan(id, path, null);
  }

  /// Plans an item that one of several replicas answers.
  public Item plan(ItemId id, @Nullable String path, @Nullable String replica) {
    var item = new Item(this, id, path, replica);
    synchronized (this) {
      if (sealed) {
        return item;
      }
      if (items.putIfAbsent(id.toString(), item) != null) {
        throw new IllegalStateException(id + " is planned twice");
      }
    }
    progress.planned(id);
    return item;
  }

  /// Ends every item that is still open, and the planning.
  ///
  /// @param reason why the run ended
  /// @return all items, sorted by id
  public synchronized List<CollectedItem> close(String reason) {
    sealed = true;
    items.values().forEach(item -> item.finishUnlessDone(reason));
    return items.values().stream()
        .map(Item::done)
        .sorted(Comparator.comparing(CollectedItem::id))
        .toList();
  }
}
