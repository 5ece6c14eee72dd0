package io.bugreport.collector.machine;

import io.bugreport.collector.engine.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A shell that takes the script from its standard input: on this machine, or at the other end of
/// the OpenSSH client.
///
/// @param name what it is called where the machine has not said its own name
/// @param command the program and its arguments
/// @param remote whether the program is `ssh`
public record Shell(String name, List<String> command, boolean remote) implements MachineSource {
  /// What `ssh` ends with where it did not reach a shell.
  private static final int NOT_CONNECTED = 255;

  private static final int COMPLAINT_LINES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public Shell {
    command = List.copyOf(command);
  }

  /// This machine.
  public static Shell here() {
    return new Shell("this-machine", List.of("sh", "-s"), false);
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Output open(String script) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new IOException(
          remote
              ? "there is no OpenSSH client (ssh) here: install it, or run the script on the machine (bug-report vm script) and pass --vm-archive"
              : "there is no shell to run the script: " + e.getMessage(),
          e);
    }
    return new Running(process, script);
  }

  /// A shell at work.
  private final class Running implements Output {
    private final Process process;
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread complaining;

    Running(Process process, String script) {
      this.process = process;
      // Both at once: a shell that reads nothing, or complains much, must not stop us.
      Thread.ofVirtual().name("script").start(() -> send(script));
      this.complaining = Thread.ofVirtual().name("complaints").start(this::listen);
    }

    private void send(String script) {
      try (var to = process.getOutputStream()) {
        to.write(script.getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // It has ended; its output and its exit code tell why.
      }
    }

    private void listen() {
      try (var from =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8), 512)) {
        for (var text = Lines.next(from); text != null; text = Lines.next(from)) {
          synchronized (complaints) {
            if (!text.isBlank()) {
              complaints.addLast(text.strip());
            }
            if (complaints.size() > COMPLAINT_LINES) {
              complaints.removeFirst();
            }
          }
        }
      } catch (IOException _) {
        // Closed with the process.
      }
    }

    @Override
    public InputStream stream() {
      return process.getInputStream();
    }

    @Override
    public void kill() {
      // Children first: one that is left would hold the stream open.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    @Override
    public String complaint() {
      try {
        var ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var _ = complaining.join(PATIENCE);
        var said = said();
        if (remote && ended && process.exitValue() == NOT_CONNECTED) {
          return SshWords.of(name, said);
        }
        return said.isEmpty() && ended && process.exitValue() != 0
            ? "the shell ended with " + process.exitValue()
            : said;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return "interrupted after " + Deadline.words(PATIENCE);
      }
    }

    private String said() {
      synchronized (complaints) {
        return String.join("; ", complaints);
      }
    }

    @Override
    public void close() {
      kill();
    }
  }
}
