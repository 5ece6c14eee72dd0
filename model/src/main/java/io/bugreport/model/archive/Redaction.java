package io.bugreport.model.archive;

import java.io.OutputStream;

/// The one gate between collected bytes and the disk. A writer asks it for every entry, so nothing
/// is stored that did not pass through it.
@FunctionalInterface
public interface Redaction {

  /// Wraps the stream of one entry.
  ///
  /// @param path the entry's path inside the archive, without the archive's root folder
  /// @param out where redacted bytes go; closing the returned stream flushes and closes it
  OutputStream redact(String path, OutputStream out);

  /// What an entry is called, where its name itself holds a secret. Another name for another path,
  /// and the same for the same.
  default String name(String path) {
    return path;
  }

  /// Lets every byte pass: for what was redacted before, as when an archive is copied.
  static Redaction none() {
    return (path, out) -> out;
  }
}
