package io.bugreport.model.snapshot;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pod's `logs.txt` as `kubectl cluster-info dump` writes it: the logs of its containers one
/// after another, each between two lines that name it. It is taken apart as a stream, whatever its
/// size.
final class PodLogs {
  private static final Pattern START =
      Pattern.compile("==== START logs for container (\\S+) of pod \\S+ ====\r?\n?");

  private static final List<String> ERRORS =
      List.of("Request log error: ", "Create log request error: ");

  /// Lines that name a container are shorter; a longer line is copied in pieces.
  private static final int LONGEST = 1 << 12;

  private final String namespace;
  private final String pod;
  private final byte[] piece = new byte[LONGEST];
  private @Nullable OutputStream log;
  private String place = "";
  private String end = "";
  private long pieces;
  private String error = "";

  PodLogs(String namespace, String pod) {
    this.namespace = namespace;
    this.pod = pod;
  }

  /// Puts each container's log at its place. What lies between two logs is of no container.
  void split(InputStream file, ImportedFiles files) throws IOException {
    try (var in = new BufferedInputStream(file, 1 << 16)) {
      var startsLine = true;
      for (var n = next(in); n > 0; n = next(in)) {
        if (!startsLine || !isMark(n, files)) {
          copy(n);
        }
        startsLine = piece[n - 1] == '\n';
      }
      if (log != null) {
        files.mark(place, Outcome.TRUNCATED, "cut off: logs.txt ends before the log does");
      }
    } finally {
      end();
    }
  }

  /// Reads up to the end of the line, or as much of it as there is room for.
  private int next(InputStream in) throws IOException {
    var n = 0;
    while (n < piece.length) {
      var b = in.read();
      if (b < 0) {
        break;
      }
      piece[n++] = (byte) b;
      if (b == '\n') {
        break;
      }
    }
    return n;
  }

  /// Within a log only its own end is a mark: a log may hold any text.
  private boolean isMark(int length, ImportedFiles files) throws IOException {
    if (piece[0] != '=') {
      return false;
    }
    var line = new String(piece, 0, length, StandardCharsets.UTF_8);
    if (log != null) {
      if (!line.startsWith(end)) {
        return false;
      }
      if (!error.isEmpty()) {
        files.mark(place, Outcome.FAILED, error);
      }
      end();
      return true;
    }
    var start = START.matcher(line);
    if (!start.matches()) {
      return false;
    }
    var container = start.group(1);
    place = Layout.log(ClusterDumpImporter.CLUSTER, namespace, pod, container, Run.CURRENT);
    log = files.part(place);
    pieces = 0;
    error = "";
    end = "==== END logs for container " + container + " of pod ";
    return true;
  }

  private void copy(int length) throws IOException {
    if (log != null) {
      log.write(piece, 0, length);
      pieces++;
      error = pieces == 1 ? error(new String(piece, 0, length, StandardCharsets.UTF_8)) : "";
    }
  }

  /// What `kubectl` writes in a log's stead when it cannot get it; empty for any other line.
  private static String error(String line) {
    return ERRORS.stream().anyMatch(line::startsWith) ? line.strip() : "";
  }

  private void end() throws IOException {
    if (log != null) {
      log.close();
      log = null;
    }
  }
}
