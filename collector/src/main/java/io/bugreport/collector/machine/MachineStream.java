package io.bugreport.collector.machine;

import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads what the script prints; its beginning describes the form. Nothing is believed: lines of
/// ours are short, there are only so many files, and content goes straight to the listener, which
/// has its own limits.
final class MachineStream {
  private static final String FIRST_LINE = "bug-report-vm 1";
  private static final String ANY_FIRST_LINE = "bug-report-vm ";
  private static final int SHORT_LINE = 4096;
  private static final int FILES = 1000;
  private static final int ABOUT = 20;

  /// What a login shell may print before the script does.
  private static final int BEFORE = 64 << 10;

  private static final int END = -1;

  /// Takes what is read, in the order of the stream.
  interface Listener {
    /// The machine has said who it is.
    void about(Map<String, String> about) throws IOException;

    /// A file begins.
    ///
    /// @param limit bytes that the script meant to print of it at most
    void begins(String path, long limit) throws IOException;

    /// A part of the file's content.
    void content(byte[] bytes, int offset, int length) throws IOException;

    /// The file is whole, or the script says what came of it.
    void ends(Outcome outcome, int code, String reason) throws IOException;
  }

  private final InputStream in;
  private final Listener listener;
  private final byte[] buffer = new byte[32 << 10];
  private int at;
  private int filled;
  private int files;

  MachineStream(InputStream in, Listener listener) {
    this.in = in;
    this.listener = listener;
  }

  /// Reads to the script's end.
  ///
  /// @throws MachineFormatException when it is something else, or ends before
  void read() throws IOException {
    skipToFirstLine();
    Map<String, String> about = new LinkedHashMap<>();
    var told = false;
    for (var lines = 0; ; lines++) {
      var kind = next();
      switch (kind) {
        case ':' -> {
          var line = shortLine().strip();
          var space = line.indexOf(' ');
          if (told || lines > ABOUT) {
            throw unexpected(kind);
          }
          about.put(
              space < 0 ? line : line.substring(0, space),
              space < 0 ? "" : line.substring(space + 1).strip());
        }
        case '+' -> {
          if (!told) {
            told = true;
            listener.about(about);
          }
          file(shortLine().strip());
        }
        case '#' -> shortLine();
        case '.' -> {
          if (!told) {
            throw unexpected(kind);
          }
          return;
        }
        case END -> throw new MachineFormatException("it ended before the script did");
        default -> throw unexpected(kind);
      }
    }
  }

  private void skipToFirstLine() throws IOException {
    var before = 0;
    var said = "";
    while (true) {
      var line = line();
      if (line.equals(FIRST_LINE)) {
        return;
      }
      if (line.startsWith(ANY_FIRST_LINE)) {
        throw new MachineFormatException(
            "it is of another version of bug-report (" + line + "): print the script again");
      }
      said = said.isEmpty() ? line.strip() : said;
      before += line.length() + 1;
      if (before > BEFORE || (at >= filled && !fill())) {
        throw new MachineFormatException(
            said.isEmpty()
                ? "it answered with nothing"
                : "it answered with something else than the script: \"" + said + "\"");
      }
    }
  }

  private void file(String line) throws IOException {
    var space = line.lastIndexOf(' ');
    if (space < 0 || ++files > FILES) {
      throw new MachineFormatException("it has a file that is none: \"" + line + "\"");
    }
    listener.begins(line.substring(0, space), number(line.substring(space + 1)));
    for (var first = true; ; first = false) {
      var kind = next();
      switch (kind) {
        case '|' -> {
          if (!first) {
            listener.content(new byte[] {'\n'}, 0, 1);
          }
          content();
        }
        case '=' -> {
          var words = shortLine().strip().split(" ", 3);
          listener.ends(
              outcome(words[0]),
              words.length < 2 ? 0 : (int) Math.min(999, number(words[1])),
              words.length < 3 ? "" : words[2].strip());
          return;
        }
        case END -> throw new MachineFormatException("it ended in the middle of a file");
        default -> throw unexpected(kind);
      }
    }
  }

  private static Outcome outcome(String word) throws MachineFormatException {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new MachineFormatException("it has no outcome \"" + word + "\""));
  }

  private static long number(String digits) throws MachineFormatException {
    if (digits.isEmpty()
        || digits.length() > 18
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MachineFormatException("it has \"" + digits + "\" where a number belongs");
    }
    return Long.parseLong(digits);
  }

  private static MachineFormatException unexpected(int kind) {
    return new MachineFormatException(
        "it has a line that begins with '%c' where none may".formatted(kind < 32 ? '?' : kind));
  }

  /// Passes the rest of a line on.
  private void content() throws IOException {
    while (at < filled || fill()) {
      var from = at;
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      listener.content(buffer, from, at - from);
      if (at < filled) {
        at++;
        return;
      }
    }
  }

  private String shortLine() throws IOException {
    var line = line();
    if (line.length() >= SHORT_LINE) {
      throw new MachineFormatException("it has a line that is too long");
    }
    return line;
  }

  /// The rest of a line without its end, cut where it is too long for one of ours.
  private String line() throws IOException {
    var bytes = new byte[SHORT_LINE];
    var length = 0;
    while (length < SHORT_LINE) {
      var next = next();
      if (next == '\n' || next == END) {
        break;
      }
      bytes[length++] = (byte) next;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private int next() throws IOException {
    return at < filled || fill() ? buffer[at++] & 0xff : END;
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }
}
