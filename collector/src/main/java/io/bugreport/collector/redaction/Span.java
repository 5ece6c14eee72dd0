package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A secret found: bytes to leave out and what stands for them.
///
/// @param from where it starts
/// @param to where it ends, or how far it is known to reach where `rest` goes on
/// @param replacement null to keep the bytes and look at them no further
/// @param rest eats what follows `to` and belongs to the secret, beyond the window if need be
/// @param more further secrets that were found with it, behind it and in order; what lies between
///   them is still looked at
record Span(int from, int to, @Nullable String replacement, @Nullable Rest rest, List<Span> more) {

  /// Finds the end of a secret that reaches beyond the window. Its own state, for one stream.
  interface Rest {
    /// How many of the bytes from `from` to `to` still belong to the secret: all of them means that
    /// it may go on.
    ///
    /// @param known where the bytes that may be looked at end, beyond `to` unless the stream ends
    int eat(byte[] bytes, int from, int to, int known);
  }

  Span {
    if (from > to) {
      throw new IllegalArgumentException("A span from " + from + " to " + to);
    }
    more = List.copyOf(more);
  }

  Span(int from, int to, @Nullable String replacement, @Nullable Rest rest) {
    this(from, to, replacement, rest, List.of());
  }

  /// Several secrets as one find, or null for none.
  static @Nullable Span all(List<Span> spans) {
    if (spans.isEmpty()) {
      return null;
    }
    var first = spans.getFirst();
    return new Span(
        first.from, first.to, first.replacement, first.rest, spans.subList(1, spans.size()));
  }

  /// The same, so many bytes further left.
  Span moved(int by) {
    return new Span(from - by, to - by, replacement, rest);
  }

  static Span of(int from, int to, String replacement) {
    return new Span(from, to, replacement, null);
  }

  /// Bytes that are fine as they are.
  static Span keep(int from, int to) {
    return new Span(from, to, null, null);
  }

  /// A run of bytes of a set, however long.
  static Span run(Window window, int from, int to, Bytes set, String replacement) {
    var end = window.skip(to, set);
    return new Span(from, end, replacement, end == window.high() ? rest(set) : null);
  }

  /// What goes on as long as bytes are in a set.
  static Rest rest(Bytes set) {
    return (bytes, from, to, known) -> {
      var i = from;
      while (i < to && set.has(bytes[i])) {
        i++;
      }
      return i - from;
    };
  }
}
