package io.bugreport.collector.redaction;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over one stream. It holds back as many bytes as rules may look around, so memory is
/// bounded whatever the length of a line or a value, and the result does not depend on how the
/// stream was cut into writes.
final class RedactingStream extends OutputStream {
  private static final int CAPACITY = 64 * 1024;

  /// Enough for small answers; it grows to [#CAPACITY].
  private static final int FIRST_CAPACITY = 4 * 1024;

  private final Anchors anchors;
  private final List<? extends Rule> rules;
  private final Tally.Entry tally;
  private final OutputStream out;
  private final Window window;

  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int end;
  private int scanned;
  private int done;
  private final Anchors.Cursor cursor = new Anchors.Cursor();
  private Span.@Nullable Rest rest;

  /// Found, but not reached yet.
  private final ArrayDeque<Planned> planned = new ArrayDeque<>();

  private record Planned(Rule rule, Span span) {}

  private boolean closed;
  private long received;
  private long kept;

  RedactingStream(
      Anchors anchors,
      List<? extends Rule> rules,
      boolean document,
      Tally.Entry tally,
      OutputStream out) {
    this.anchors = anchors;
    this.rules = rules;
    this.window = new Window(document);
    this.tally = tally;
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("The stream is closed");
    }
    received += length;
    var from = offset;
    var left = length;
    while (left > 0) {
      if (end == buffer.length) {
        makeRoom();
      }
      var now = Math.min(left, buffer.length - end);
      System.arraycopy(bytes, from, buffer, end, now);
      end += now;
      from += now;
      left -= now;
    }
  }

  private void makeRoom() throws IOException {
    if (buffer.length < CAPACITY) {
      buffer = Arrays.copyOf(buffer, buffer.length * 4);
      return;
    }
    scan(end - Window.AHEAD, false);
    var keep = Math.max(0, scanned - Window.BEHIND);
    if (done < keep) {
      pass(keep);
      done = keep;
    }
    System.arraycopy(buffer, keep, buffer, 0, end - keep);
    move(keep);
    end -= keep;
    scanned -= keep;
    done -= keep;
  }

  /// The bytes at hand as text, without a copy.
  private CharSequence held() {
    return new HeldText(buffer, end);
  }

  private static final class HeldText implements CharSequence {
    private final byte[] bytes;
    private final int length;

    HeldText(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public char charAt(int index) {
      return (char) (bytes[index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int to) {
      return new String(bytes, start, to - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
  }

  /// Writes what is no secret, up to here.
  private void pass(int to) throws IOException {
    out.write(buffer, done, to - done);
    kept += to - done;
  }

  private void move(int by) {
    for (var left = planned.size(); left > 0; left--) {
      var next = planned.removeFirst();
      planned.addLast(new Planned(next.rule, next.span.moved(by)));
    }
  }

  private void scan(int limit, boolean last) throws IOException {
    while (scanned < limit) {
      if (rest != null && !finishRest(limit)) {
        return;
      }
      if (takesPlanned()) {
        continue;
      }
      var stop = planned.isEmpty() ? limit : Math.min(limit, planned.getFirst().span.from());
      scanned = anchors.advance(cursor, buffer, scanned, stop, end);
      if (cursor.isHit()) {
        ask(last);
      }
    }
  }

  /// Whether a secret that was found before begins here.
  private boolean takesPlanned() throws IOException {
    while (!planned.isEmpty() && planned.getFirst().span.from() <= scanned) {
      var next = planned.removeFirst();
      if (next.span.to() > done) {
        replace(next.rule, next.span);
        return true;
      }
    }
    return false;
  }

  /// Whether the secret that was being left out ended.
  private boolean finishRest(int limit) {
    var open = rest;
    if (open == null) {
      return true;
    }
    var eaten = open.eat(buffer, scanned, limit, end);
    scanned += eaten;
    done = scanned;
    if (scanned == limit) {
      return false;
    }
    rest = null;
    return true;
  }

  private void ask(boolean last) throws IOException {
    var high = Math.min(end, scanned + Window.AHEAD);
    window.set(
        buffer, Math.max(0, scanned - Window.BEHIND), high, last && scanned + Window.AHEAD > end);
    for (var hit : anchors.hits(cursor)) {
      var rule = rules.get(hit.rule());
      var span = rule.find(window, scanned - hit.length(), scanned);
      if (span != null && span.to() > done) {
        replace(rule, span);
        return;
      }
    }
  }

  private void replace(Rule rule, Span span) throws IOException {
    var replacement = span.replacement();
    if (replacement != null) {
      var from = Math.max(span.from(), done);
      pass(from);
      out.write(replacement.getBytes(StandardCharsets.ISO_8859_1));
      done = span.to();
      tally.add(rule.name(), held(), span.from(), span.to());
    }
    if (span.to() > scanned) {
      scanned = span.to();
      cursor.restart();
    }
    rest = span.rest();
    if (!span.more().isEmpty()) {
      planned.clear();
      span.more().forEach(next -> planned.addLast(new Planned(rule, next)));
    }
  }

  /// Passes on what was decided so far. The last bytes wait for their successors.
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      scan(end, true);
      pass(end);
      buffer = new byte[0];
    } finally {
      tally.close(received, kept);
    }
  }
}
