package io.bugreport.collector.machine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A file with what the script printed, as it is or compressed with gzip.
///
/// @param file the file
public record SavedOutput(Path file) implements MachineSource {
  private static final int GZIP = 0x1f;

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Output open(String script) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(1);
    var compressed = in.read() == GZIP;
    in.reset();
    try {
      return new Opened(compressed ? new GZIPInputStream(in) : in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /// An open file; it ends by itself, and soon.
  private record Opened(InputStream stream) implements Output {
    @Override
    public void kill() {}

    @Override
    public String complaint() {
      return "";
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
