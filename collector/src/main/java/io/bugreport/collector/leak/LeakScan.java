package io.bugreport.collector.leak;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.snapshot.Manifest.Leak;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Reads a whole archive for what looks like a secret. Memory does not depend on the size of its
/// entries.
public final class LeakScan {
  private final Detectors detectors = new Detectors();

  /// What leaks, by entry and line.
  ///
  /// @throws IOException when an entry cannot be read
  public List<Leak> of(ArchiveReader archive) throws IOException {
    var leaks = new ArrayList<Leak>();
    for (var path : archive.paths()) {
      try (var in = archive.open(path)) {
        leaks.addAll(of(path, in));
      }
    }
    return leaks;
  }

  /// What leaks from one entry.
  public List<Leak> of(String path, InputStream in) throws IOException {
    var leaks = new ArrayList<Leak>();
    try (var stream =
        new WatchedStream(path, detectors, OutputStream.nullOutputStream(), leaks::addAll)) {
      in.transferTo(stream);
    }
    return leaks;
  }
}
