package io.bugreport.model.archive;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Holds the compressed bytes of an entry until its length is known: in memory while they are few,
/// then in a file that only its owner can read. What it holds has been redacted before.
final class Spill extends OutputStream {
  /// Most entries compress to less than this; a few dozen may be open at a time.
  private static final int IN_MEMORY = 1 << 18;

  private final Path folder;
  private final @Nullable SpillKey key;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream(1 << 12);
  private @Nullable Path file;
  private @Nullable OutputStream fileOut;
  private long length;

  /// @param sealed whether the file must be readable for this process alone
  Spill(Path folder, boolean sealed) {
    this.folder = folder;
    this.key = sealed ? new SpillKey() : null;
  }

  long length() {
    return length;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int count) throws IOException {
    if (fileOut == null && memory.size() + count > IN_MEMORY) {
      file = Files.createTempFile(folder, "entry", ".gz");
      // Not a channel: an interrupt would close that, and lose what was written.
      var plain = new FileOutputStream(file.toFile());
      fileOut = key == null ? plain : key.seal(plain);
      memory.writeTo(fileOut);
      memory = new ByteArrayOutputStream(0);
    }
    (fileOut == null ? memory : fileOut).write(buffer, offset, count);
    length += count;
  }

  /// Copies everything to the archive.
  void copyTo(OutputStream target) throws IOException {
    if (fileOut == null || file == null) {
      memory.writeTo(target);
      return;
    }
    fileOut.close();
    try (var stored = new FileInputStream(file.toFile());
        var in = key == null ? stored : key.open(stored)) {
      // Not transferTo: between two files that goes through their channels.
      var buffer = new byte[1 << 16];
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        target.write(buffer, 0, n);
      }
    }
  }

  /// Removes what was held.
  void discard() throws IOException {
    memory = new ByteArrayOutputStream(0);
    if (fileOut != null && file != null) {
      fileOut.close();
      Files.deleteIfExists(file);
    }
  }
}
