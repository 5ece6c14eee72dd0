package io.bugreport.collector.leak;

import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.Manifest.Leak;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Looks at everything on its way into an archive, behind redaction: what an archive leaks is known
/// when it is closed, without reading it again. It changes no byte. For many threads.
public final class LeakWatch implements Redaction {
  /// Enough to know that an archive leaks.
  private static final int MOST = 1000;

  private final Redaction first;
  private final Detectors detectors = new Detectors();
  private final List<Leak> leaks = new ArrayList<>();

  /// @param first what entries pass before they are looked at
  public LeakWatch(Redaction first) {
    this.first = first;
  }

  @Override
  public OutputStream redact(String path, OutputStream out) {
    return first.redact(path, new WatchedStream(path, detectors, out, this::add));
  }

  @Override
  public String name(String path) {
    return first.name(path);
  }

  private synchronized void add(List<Leak> found) {
    found.stream().limit(MOST - leaks.size()).forEach(leaks::add);
  }

  /// What leaks from the entries closed so far, by entry and line; at most a thousand.
  public synchronized List<Leak> leaks() {
    return leaks.stream()
        .sorted(
            Comparator.comparing(Leak::path)
                .thenComparingLong(Leak::line)
                .thenComparing(Leak::detector))
        .toList();
  }
}
