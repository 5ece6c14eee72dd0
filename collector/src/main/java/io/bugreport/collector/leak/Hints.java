package io.bugreport.collector.leak;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Finds where detectors have to look, in one pass: the hints with one of which everything begins
/// that a detector finds.
///
/// Of each hint, three neighbouring bytes are known to a table of pairs. One of their two pairs
/// begins at an even place, so every second pair is enough; they are looked up four at a time.
final class Hints {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WORD = Long.BYTES;
  private static final int LONGEST = 32;

  /// From common to rare, in configuration dumps and logs.
  private static final String COMMON =
      " et\"so0ranic.l_2\n:u1dp-m4fgv35y68,97bh{}z/wxk\\=\t%|q[]j#?()@;+*'$&^>!~";

  /// A hint that may begin so many bytes before a pair.
  private record Candidate(Detector detector, Hint hint, int before) {}

  /// What is told of a hint.
  @FunctionalInterface
  interface Found {
    /// A hint of this detector begins here, and a glance did not tell that it is nothing.
    void at(Detector detector, int at);
  }

  private final byte[] marked = new byte[1 << 16];
  private final Candidate[][] candidates = new Candidate[1 << 16][];

  Hints(List<Detector> detectors) {
    for (var detector : detectors) {
      for (var hint : detector.hints()) {
        var rarest = rarest(hint.text());
        mark(detector, hint, rarest);
        mark(detector, hint, rarest + 1);
      }
    }
  }

  private static int rarest(String text) {
    var best = 0;
    for (var i = 1; i + 2 < text.length(); i++) {
      best = share(text, i) < share(text, best) ? i : best;
    }
    return best;
  }

  private static double share(String text, int at) {
    return share(text.charAt(at + 1)) * (share(text.charAt(at)) + share(text.charAt(at + 2)));
  }

  private static double share(char c) {
    var rank = COMMON.indexOf(c);
    return 1.0 / (5 + (rank < 0 ? 2 * COMMON.length() : rank));
  }

  private void mark(Detector detector, Hint hint, int at) {
    var first = hint.text().charAt(at);
    var second = hint.text().charAt(at + 1);
    for (var a : cases(first, hint)) {
      for (var b : cases(second, hint)) {
        var pair = a | (b << 8);
        marked[pair] = 1;
        var before = candidates[pair];
        var more = before == null ? new Candidate[1] : Arrays.copyOf(before, before.length + 1);
        more[more.length - 1] = new Candidate(detector, hint, at);
        candidates[pair] = more;
      }
    }
  }

  private static int[] cases(char c, Hint hint) {
    return hint.anyCase() && c >= 'a' && c <= 'z' ? new int[] {c, c - 32} : new int[] {c};
  }

  /// Tells of every hint that begins before `limit`.
  ///
  /// @param end where the bytes at hand end
  void find(byte[] bytes, int limit, int end, Found found) {
    var table = marked;
    var last = Math.min(end, limit + LONGEST);
    var i = 0;
    for (; i + WORD <= last; i += WORD) {
      var word = (long) LONG.get(bytes, i);
      if ((table[(int) word & 0xffff]
              | table[(int) word >>> 16]
              | table[(int) (word >>> 32) & 0xffff]
              | table[(int) (word >>> 48)])
          != 0) {
        pairs(bytes, i, i + WORD, limit, end, found);
      }
    }
    pairs(bytes, i, last - 1, limit, end, found);
  }

  private void pairs(byte[] bytes, int from, int to, int limit, int end, Found found) {
    for (var i = from; i < to; i += 2) {
      var pair = (bytes[i] & 0xff) | ((bytes[i + 1] & 0xff) << 8);
      if (marked[pair] != 0) {
        for (var candidate : candidates[pair]) {
          var at = i - candidate.before();
          var hint = candidate.hint();
          if (at < limit
              && hint.isAt(bytes, at, end)
              && candidate.detector().glance().mayFit(bytes, at + hint.length(), end)) {
            found.at(candidate.detector(), at);
          }
        }
      }
    }
  }
}
