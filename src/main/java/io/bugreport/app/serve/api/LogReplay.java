package io.bugreport.app.serve.api;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Copies the part of a stored log that was asked for. Stored lines begin with their time, as
/// `kubectl logs --timestamps` writes it. Nothing is kept in memory but the beginning of a line.
final class LogReplay {
  /// A time in RFC 3339 with nanoseconds and zone is at most this long.
  private static final int TIME_LENGTH = 36;

  /// Opens the log from its start, as often as needed.
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private final Source source;
  private final LogOptions options;

  LogReplay(Source source, LogOptions options) {
    this.source = source;
    this.options = options;
  }

  void copy(OutputStream target) throws IOException {
    var skip = 0L;
    if (options.tail() >= 0) {
      var counter = new Lines(OutputStream.nullOutputStream(), 0, -1);
      pass(counter);
      skip = Math.max(0, counter.seen - options.tail());
    }
    var out = new BufferedOutputStream(target, 16 << 10);
    pass(new Lines(out, skip, options.limit()));
    out.flush();
  }

  private void pass(Lines lines) throws IOException {
    try (var in = new BufferedInputStream(source.open(), 64 << 10)) {
      var start = new byte[TIME_LENGTH];
      while (!lines.full()) {
        var length = 0;
        var c = in.read();
        if (c < 0) {
          return;
        }
        while (c >= 0 && c != '\n' && c != ' ' && length < TIME_LENGTH) {
          start[length++] = (byte) c;
          c = in.read();
        }
        lines.begin(new String(start, 0, length, StandardCharsets.ISO_8859_1), c == ' ');
        while (c >= 0) {
          lines.put(c);
          if (c == '\n') {
            break;
          }
          c = in.read();
        }
      }
    }
  }

  /// Decides line by line what is copied.
  private final class Lines {
    private final OutputStream out;
    private final long skip;
    private final long limit;
    private long seen;
    private long written;
    private boolean wanted;
    private boolean inTime = true;
    private boolean swallowSpace;

    Lines(OutputStream out, long skip, long limit) {
      this.out = out;
      this.skip = skip;
      this.limit = limit;
    }

    boolean full() {
      return limit >= 0 && written >= limit;
    }

    /// @param word the line's first word
    /// @param more whether a space follows it
    void begin(String word, boolean more) throws IOException {
      var time =
          word.length() > 10 && word.charAt(10) == 'T' && more
              ? Ages.parse(word)
              : java.util.Optional.<java.time.Instant>empty();
      // A line without a time belongs to the one before it.
      if (time.isPresent() && options.since().isPresent()) {
        inTime = !time.get().isBefore(options.since().get());
      }
      if (inTime) {
        seen++;
      }
      wanted = inTime && seen > skip;
      swallowSpace = time.isPresent() && !options.timestamps();
      if (!swallowSpace) {
        for (var i = 0; i < word.length(); i++) {
          put(word.charAt(i));
        }
      }
    }

    void put(int c) throws IOException {
      if (swallowSpace) {
        swallowSpace = false;
      } else if (wanted && !full()) {
        out.write(c);
        written++;
      }
    }
  }
}
