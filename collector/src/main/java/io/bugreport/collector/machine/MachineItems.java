package io.bugreport.collector.machine;

import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Result;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.SnapshotJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The planned items of one machine: every file that is asked of it, whatever it then sends.
final class MachineItems {
  private final MachineTask.Setting setting;
  private final String machine;
  private final SequencedMap<String, Item> items = new LinkedHashMap<>();

  private MachineItems(MachineTask.Setting setting, String machine) {
    this.setting = setting;
    this.machine = machine;
  }

  /// Plans them, and keeps what the machine said about itself.
  ///
  /// @param about `host`, `user` and `time` as the script prints them
  static MachineItems of(
      MachineTask.Setting setting, MachineSource source, Map<String, String> about)
      throws IOException {
    var host = about.getOrDefault("host", "");
    var items =
        new MachineItems(setting, setting.names().of(host.isEmpty() ? source.name() : host));
    MachineFile.asked().forEach(items::plan);
    items.about(about, source.isLive() ? Instant.now() : null);
    return items;
  }

  private void plan(String file) {
    var item = setting.ledger().plan(ItemId.machine(machine, file), path(file));
    items.put(file, item);
  }

  private void about(Map<String, String> said, @Nullable Instant received) throws IOException {
    SequencedMap<String, String> about = new LinkedHashMap<>();
    about.put("host", said.getOrDefault("host", ""));
    about.put("user", said.getOrDefault("user", ""));
    about.put("time", said.getOrDefault("time", ""));
    if (received != null) {
      about.put("received", Long.toString(received.getEpochSecond()));
    }
    var file = MachineFile.ABOUT.path();
    plan(file);
    var item = start(file);
    var text = SnapshotJson.line(about) + "\n";
    setting.evidence().write(path(file), text);
    item.finish(Result.ok(0, text.getBytes(StandardCharsets.UTF_8).length));
  }

  /// An item whose file begins.
  Item start(String file) {
    var item = items.computeIfAbsent(file, this::unknown);
    item.attempt();
    return item;
  }

  boolean isAsked(String file) {
    return items.containsKey(file);
  }

  private Item unknown(String file) {
    throw new IllegalArgumentException(file + " is not asked of a machine");
  }

  /// Where a file lies in the archive.
  String path(String file) {
    return Layout.machineFile(machine, file);
  }

  MachineTask.Setting setting() {
    return setting;
  }

  /// Ends those that have no outcome.
  void endAll(Outcome outcome, String reason) {
    items.values().forEach(item -> item.finish(Result.nothing(outcome, 0, reason)));
  }
}
