package io.bugreport.collector.machine;

import io.bugreport.collector.pods.LogWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The shell script that collects from a virtual machine; `vm.sh` beside this class. Its text is
/// the whole mechanism: over SSH, on the machine itself, and by hand it is the same.
public final class MachineScript {
  private static final String SINCE = "\nsince=\n";
  private static final String LOG_BYTES = "\nlog_bytes=52428800\n";

  private MachineScript() {}

  /// The script with the defaults of its options set.
  ///
  /// @param logs its beginning and the bytes of each log hold on the machine; the rest does not
  public static String text(LogWindow logs) {
    var since = logs.since();
    var text = resource();
    if (since != null) {
      text = replaced(text, SINCE, "\nsince=" + Math.max(0, since.getEpochSecond()) + "\n");
    }
    return replaced(text, LOG_BYTES, "\nlog_bytes=" + logs.bytes() + "\n");
  }

  private static String replaced(String text, String what, String with) {
    if (!text.contains(what)) {
      throw new IllegalStateException("vm.sh lacks the line " + what.strip());
    }
    return text.replace(what, with);
  }

  private static String resource() {
    try (var in = MachineScript.class.getResourceAsStream("vm.sh")) {
      return new String(Objects.requireNonNull(in, "vm.sh").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
