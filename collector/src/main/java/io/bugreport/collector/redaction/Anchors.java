package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds all rules' triggers in one pass over the bytes, letters of either case alike: the
/// automaton of Aho and Corasick, made into a table. Scanning costs one look-up per byte however
/// many triggers there are.
///
/// A state is the offset of its row in the table, negated (less one) where a trigger ends.
final class Anchors {
  private static final int START = 0;

  /// A trigger that ends in some state.
  record Hit(int rule, int length) {}

  private final byte[] classes = new byte[256];
  private final int width;
  private final int[] next;
  private final Hit[][] hits;
  private final Prefilter prefilter;

  Anchors(List<? extends List<String>> triggersOfRules) {
    var used = 1; // class 0 is every byte that no trigger has
    for (var triggers : triggersOfRules) {
      for (var trigger : triggers) {
        for (var b : folded(trigger)) {
          if (classes[b & 0xff] == 0) {
            classes[b & 0xff] = (byte) used++;
          }
        }
      }
    }
    for (var c = 'A'; c <= 'Z'; c++) {
      classes[c] = classes[c + 32];
    }
    width = used;
    prefilter =
        new Prefilter(triggersOfRules.stream().flatMap(List::stream).map(Anchors::folded).toList());
    var trie = new Trie(width);
    for (var rule = 0; rule < triggersOfRules.size(); rule++) {
      for (var trigger : triggersOfRules.get(rule)) {
        trie.add(folded(trigger), classes, new Hit(rule, trigger.length()));
      }
    }
    next = trie.complete();
    hits = new Hit[trie.hits.size()][];
    for (var i = 0; i < hits.length; i++) {
      hits[i] = trie.hits.get(i).toArray(new Hit[0]);
    }
    for (var i = 0; i < next.length; i++) {
      var target = next[i];
      next[i] = hits[target].length > 0 ? -(target * width) - 1 : target * width;
    }
  }

  private static byte[] folded(String trigger) {
    return trigger.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The state after one more byte, by the automaton alone.
  int step(int state, byte b) {
    return next[row(state) + classes[b & 0xff]];
  }

  /// Steps on until a trigger ends or `stop` is reached, and gives the place; the state after it is
  /// [Cursor#state]. What no trigger begins in is skipped where the state is [#START].
  ///
  /// @param known where the bytes at hand end, beyond `stop` unless the stream ends
  int advance(Cursor cursor, byte[] bytes, int from, int stop, int known) {
    var at = from;
    var current = cursor.state;
    while (at < stop) {
      var least = at;
      if (current == START) {
        at = prefilter.next(bytes, at, stop, known);
        least = at + Prefilter.REACH;
      }
      while (at < stop && (current != START || at < least)) {
        current = next[row(current) + classes[bytes[at++] & 0xff]];
        if (current < 0) {
          cursor.state = current;
          return at;
        }
      }
    }
    cursor.state = current;
    return at;
  }

  /// Where in the automaton a stream is.
  static final class Cursor {
    private int state = START;

    /// Forgets what was seen.
    void restart() {
      state = START;
    }

    /// Whether a trigger just ended.
    boolean isHit() {
      return state < 0;
    }
  }

  /// What ends at a cursor, longest first.
  Hit[] hits(Cursor cursor) {
    return hits(cursor.state);
  }

  /// What ends in a negative state, longest first.
  Hit[] hits(int state) {
    return hits[row(state) / width];
  }

  private static int row(int state) {
    return state < 0 ? -(state + 1) : state;
  }

  private static final class Trie {
    private final int width;
    private int[] next;
    private final List<List<Hit>> hits = new ArrayList<>();

    Trie(int width) {
      this.width = width;
      this.next = new int[width * 256];
      hits.add(new ArrayList<>());
    }

    void add(byte[] trigger, byte[] classes, Hit hit) {
      var state = 0;
      for (var b : trigger) {
        var at = state * width + classes[b & 0xff];
        if (next[at] == 0) {
          hits.add(new ArrayList<>());
          next[at] = hits.size() - 1;
          if (hits.size() * width > next.length) {
            next = Arrays.copyOf(next, next.length * 2);
          }
        }
        state = next[at];
      }
      hits.get(state).add(hit);
    }

    /// Adds to each state the steps of its longest proper suffix.
    int[] complete() {
      var suffix = new int[hits.size()];
      var queue = new ArrayDeque<Integer>();
      for (var c = 0; c < width; c++) {
        if (next[c] != 0) {
          queue.add(next[c]);
        }
      }
      while (!queue.isEmpty()) {
        int state = queue.remove();
        hits.get(state).addAll(hits.get(suffix[state]));
        for (var c = 0; c < width; c++) {
          var at = state * width + c;
          var fallback = next[suffix[state] * width + c];
          if (next[at] == 0) {
            next[at] = fallback;
          } else {
            suffix[next[at]] = fallback;
            queue.add(next[at]);
          }
        }
      }
      return Arrays.copyOf(next, hits.size() * width);
    }
  }
}
