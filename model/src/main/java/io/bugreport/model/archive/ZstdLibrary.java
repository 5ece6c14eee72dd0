package io.bugreport.model.archive;

import com.github.luben.zstd.util.Native;
import java.io.IOException;

/// The native library behind `.tar.zst`. It is unpacked into the system's temporary folder and
/// loaded from there, which some machines forbid.
final class ZstdLibrary {
  private ZstdLibrary() {}

  /// Loads it, before anything depends on it.
  static void load() throws IOException {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw new ArchiveException(
          "zstd cannot be loaded on this machine ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
              + "); use --format tar.gz, or name a folder that programs may run from with"
              + " -DZstdTempFolder=",
          e);
    }
  }
}
