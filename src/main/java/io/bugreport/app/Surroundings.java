package io.bugreport.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// What the process finds around it, so that tests can put something else there.
///
/// @param environment the environment variables
/// @param terminal whether input and output are a terminal
/// @param in standard input
/// @param out standard output, for bytes; text goes through the command line's own writer
/// @param clock the time, for evidence that does not say its own
/// @param temporary the folder for reports about bugs in this program
public record Surroundings(
    Map<String, String> environment,
    boolean terminal,
    InputStream in,
    OutputStream out,
    InstantSource clock,
    Path temporary) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /// The real ones.
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        isTerminal(),
        System.in,
        System.out,
        InstantSource.system(),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  @SuppressWarnings("SystemConsoleNull") // the alternative to the JDK's own returns null
  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// Whether colours are welcome, see https://no-color.org.
  boolean wantsColor() {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
