package io.bugreport.app.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What one process cost.
///
/// @param wall from start to end
/// @param cpu user and system time of the process itself, without its children
/// @param peak the most memory that was resident, in bytes; 0 where the system does not tell
record Measured(Duration wall, Duration cpu, long peak) {
  private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final int EVERY_MILLIS = 20;

  /// Runs a command to its end.
  ///
  /// @throws IOException when it ends with another code than 0 or 3
  static Measured run(List<String> command, Map<String, String> environment, Path output)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    var begun = System.nanoTime();
    var process = builder.start();
    var cpu = Duration.ZERO;
    var peak = 0L;
    do {
      // Both only grow, so the last reading before the end is the best there is.
      cpu = process.info().totalCpuDuration().orElse(cpu);
      peak = Math.max(peak, highWater(process.pid()));
    } while (!process.waitFor(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    var wall = Duration.ofNanos(System.nanoTime() - begun);
    if (process.exitValue() != 0 && process.exitValue() != 3) {
      throw new IOException(command + " ended with " + process.exitValue() + ", see " + output);
    }
    return new Measured(wall, cpu, peak);
  }

  private static long highWater(long pid) {
    try {
      var matcher = HIGH_WATER.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : 0;
    } catch (IOException _) {
      return 0; // it has just ended, or this is no Linux
    }
  }
}
