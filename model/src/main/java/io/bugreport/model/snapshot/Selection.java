package io.bugreport.model.snapshot;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is kept of a snapshot that has to become smaller, and what is left out of it.
///
/// @param kept the paths that are kept
/// @param leftOut the paths that are not, with their importance
public record Selection(Set<String> kept, SortedMap<String, Importance> leftOut) {

  /// What an item's file became.
  ///
  /// @param all how many files the item has
  /// @param gone how many of them are left out
  private record Share(int all, int gone) {}

  /// What was left out, for the manifest.
  ///
  /// @param limit the size asked for, in bytes
  /// @param sizes bytes of each file, unpacked
  public LeftOut summary(long limit, Map<String, Long> sizes) {
    var groups = new EnumMap<Importance, Long>(Importance.class);
    leftOut.values().forEach(importance -> groups.merge(importance, 1L, Long::sum));
    var words = new LinkedHashMap<String, Long>();
    groups.forEach((importance, count) -> words.put(importance.word(), count));
    var bytes = leftOut.keySet().stream().mapToLong(path -> sizes.getOrDefault(path, 0L)).sum();
    return new LeftOut(limit, leftOut.size(), bytes, words);
  }

  /// The items as they are without what is left out: a file that is gone is a gap, never an
  /// absence.
  public List<CollectedItem> items(List<CollectedItem> items, String reason) {
    List<CollectedItem> changed = new ArrayList<>();
    for (var item : items) {
      var path = item.path();
      changed.add(path == null ? item : without(item, share(path), reason));
    }
    return List.copyOf(changed);
  }

  private Share share(String path) {
    if (path.indexOf('*') < 0) {
      return leftOut.containsKey(path) ? new Share(1, 1) : new Share(1, 0);
    }
    var pattern =
        Pattern.compile(
            "\\Q" + path.replace("*", "\\E[^/]*\\Q") + "\\E"); // a star never stands for a folder
    var folder = path.substring(0, path.indexOf('*'));
    var gone = count(leftOut.keySet(), folder, pattern);
    return new Share(count(kept, folder, pattern) + gone, gone);
  }

  private static int count(Set<String> paths, String folder, Pattern pattern) {
    return (int)
        paths.stream()
            .filter(path -> path.startsWith(folder) && pattern.matcher(path).matches())
            .count();
  }

  private static CollectedItem without(CollectedItem item, Share share, String reason) {
    if (share.gone == 0) {
      return item;
    }
    var all = share.gone >= share.all;
    var told = all ? reason : share.gone + " of " + share.all + " files " + reason;
    return new CollectedItem(
        item.id(),
        item.source(),
        all ? null : item.path(),
        all ? Outcome.SKIPPED : Outcome.TRUNCATED,
        item.code(),
        item.bytes(),
        item.count(),
        item.durationMs(),
        item.attempts(),
        item.replica(),
        earlier(item.reason()) + told);
  }

  private static String earlier(@Nullable String reason) {
    return reason == null || reason.isBlank() ? "" : reason + "; ";
  }
}
