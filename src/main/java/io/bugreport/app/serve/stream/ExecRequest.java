package io.bugreport.app.serve.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A request to run a command in a container.
///
/// @param command the command and its arguments
/// @param stdin whether the client sends input; no replayed command reads any
/// @param stdout whether the client wants the output
/// @param stderr whether the client wants complaints apart from the output
/// @param tty whether both come on one terminal
/// @param runner runs the command
public record ExecRequest(
    List<String> command,
    boolean stdin,
    boolean stdout,
    boolean stderr,
    boolean tty,
    Runner runner) {

  /// Runs a command to its end.
  @FunctionalInterface
  public interface Runner {
    /// Runs it and returns the exit code.
    int run(List<String> command, OutputStream stdout, OutputStream stderr) throws IOException;
  }

  public ExecRequest {
    command = List.copyOf(command);
  }

  int run(OutputStream out, OutputStream err) throws IOException {
    var output = stdout ? out : OutputStream.nullOutputStream();
    var complaints = tty ? output : stderr ? err : OutputStream.nullOutputStream();
    return runner.run(command, output, complaints);
  }

  /// What the error channel says at the end: Kubernetes' `Status`, with the exit code as its cause.
  static String status(int code) {
    return code == 0
        ? "{\"metadata\":{},\"status\":\"Success\"}"
        : """
          {"metadata":{},"status":"Failure",\
          "message":"command terminated with non-zero exit code: exit code %1$d",\
          "reason":"NonZeroExitCode",\
          "details":{"causes":[{"reason":"ExitCode","message":"%1$d"}]}}"""
            .formatted(code);
  }
}
