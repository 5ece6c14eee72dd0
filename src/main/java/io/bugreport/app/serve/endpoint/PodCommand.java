package io.bugreport.app.serve.endpoint;

import io.bugreport.app.serve.endpoint.Recordings.PodPort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The commands that work inside a replayed pod: those that read recorded endpoints.
public final class PodCommand {
  private static final int NOT_FOUND = 127;
  private static final int REFUSED = 126;

  private final Recordings recordings;
  private final String namespace;
  private final String pod;
  private final OutputStream stdout;
  private final OutputStream stderr;

  public PodCommand(
      PodPorts ports, String namespace, String pod, OutputStream stdout, OutputStream stderr) {
    this.recordings = ports.recordings();
    this.namespace = namespace;
    this.pod = pod;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /// Runs a command.
  ///
  /// @return its exit code: 126 where it is refused, 127 where there is no such command
  public int run(List<String> command) throws IOException {
    if (command.isEmpty()) {
      return complain(NOT_FOUND, "no command was given");
    }
    var name = command.getFirst();
    return switch (name.substring(name.lastIndexOf('/') + 1)) {
      case "pilot-agent" -> istioRequest(command, 15000);
      case "pilot-discovery" -> istioRequest(command, 15014);
      case "curl" -> curl(command.subList(1, command.size()));
      default ->
          complain(
              NOT_FOUND,
              name
                  + ": not recorded: this pod is replayed from a snapshot; it answers to"
                  + " pilot-agent request GET, pilot-discovery request GET and curl -s");
    };
  }

  /// `pilot-agent request [--debug-port N] GET PATH`.
  private int istioRequest(List<String> command, int defaultPort) throws IOException {
    if (command.size() < 2 || !command.get(1).equals("request")) {
      return complain(REFUSED, command.getFirst() + ": only its command \"request\" is replayed");
    }
    var port = Optional.of(defaultPort);
    List<String> words = new ArrayList<>();
    for (var i = 2; i < command.size(); i++) {
      var word = command.get(i);
      if (word.equals("--debug-port") && i + 1 < command.size()) {
        port = port(command.get(++i));
      } else if (word.startsWith("--debug-port=")) {
        port = port(word.substring("--debug-port=".length()));
      } else {
        words.add(word);
      }
    }
    if (port.isEmpty() || words.size() != 2) {
      return complain(REFUSED, "usage: " + command.getFirst() + " request GET PATH");
    }
    if (!words.getFirst().equals("GET")) {
      return complain(
          REFUSED, words.getFirst() + " is refused: a snapshot is replayed, and it is read-only");
    }
    var answer = answer(port.get(), words.getLast());
    if (answer == null) {
      return complain(
          1, "Error: failed to connect to localhost:" + port.get() + ": connection refused");
    }
    if (answer.status() >= 400) {
      try (var body = answer.body().open()) {
        return complain(
            1,
            "Error: received unsuccessful status code "
                + answer.status()
                + ": "
                + new String(body.readNBytes(4096), StandardCharsets.UTF_8));
      }
    }
    print(answer);
    return 0;
  }

  /// `curl [-s] [-S] [-f] localhost:PORT/PATH`.
  private int curl(List<String> arguments) throws IOException {
    var fail = false;
    var url = "";
    for (var argument : arguments) {
      if (argument.matches("-[sSfgkL]+|--silent|--show-error")) {
        fail |= argument.matches("-[a-zA-Z]*f[a-zA-Z]*");
      } else if (argument.equals("--fail")) {
        fail = true;
      } else if (!argument.startsWith("-") && url.isEmpty()) {
        url = argument;
      } else {
        return complain(REFUSED, "curl: " + argument + " is not replayed; use curl -s URL");
      }
    }
    var rest = url.startsWith("http://") ? url.substring("http://".length()) : url;
    var slash = rest.indexOf('/');
    var authority = slash < 0 ? rest : rest.substring(0, slash);
    var colon = authority.lastIndexOf(':');
    var host = colon < 0 ? authority : authority.substring(0, colon);
    var port = colon < 0 ? Optional.of(80) : port(authority.substring(colon + 1));
    if (!(host.equals("localhost") || host.equals("127.0.0.1")) || port.isEmpty()) {
      return complain(
          6, "curl: (6) Could not resolve host: " + host + ": only localhost is replayed");
    }
    var answer = answer(port.get(), slash < 0 ? "/" : rest.substring(slash));
    if (answer == null) {
      return complain(
          7, "curl: (7) Failed to connect to " + authority + ": nothing was recorded on this port");
    }
    if (fail && answer.status() >= 400) {
      return complain(22, "curl: (22) The requested URL returned error: " + answer.status());
    }
    print(answer);
    return 0;
  }

  private static Optional<Integer> port(String text) {
    try {
      var port = Integer.parseInt(text);
      return port > 0 && port < 65536 ? Optional.of(port) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private @Nullable RecordedAnswer answer(int port, String target) throws IOException {
    var podPort = new PodPort(namespace, pod, port);
    return recordings.hasPort(podPort) ? recordings.answer(podPort, target) : null;
  }

  private void print(RecordedAnswer answer) throws IOException {
    try (var body = answer.body().open()) {
      body.transferTo(stdout);
    }
    stdout.flush();
  }

  private int complain(int code, String message) throws IOException {
    stderr.write((message.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
    stderr.flush();
    return code;
  }
}
