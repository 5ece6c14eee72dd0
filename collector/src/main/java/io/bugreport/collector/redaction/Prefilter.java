package io.bugreport.collector.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;

/// Skips bytes in which no trigger begins, looking at every second pair of bytes alone.
///
/// Each trigger has an anchor: three bytes of its beginning that are rare in what is collected. Of
/// an anchor's two pairs one lies at an even distance from wherever the search began, so a table of
/// all pairs tells at once whether there may be one.
final class Prefilter {
  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /// From common to rare, in configuration dumps and logs.
  private static final String COMMON =
      " et\"so0ranic.l_2\n:u1dp-m4fgv35y68,97bh{}z/wxk\\=\t%|q[]j#?()@;+*'$&^>!~";

  private static final int ANCHOR = 3;
  private static final byte FIRST = 1;
  private static final byte SECOND = 2;
  private static final int ANY = -1;

  /// Small enough for the tables to stay in a core's nearest cache.
  private static final int HASH_BITS = 13;

  /// How far into a trigger its anchor may begin.
  private static final int DEEPEST = 8;

  /// What must be searched from where a trigger may begin, to be past its anchor.
  static final int REACH = DEEPEST + ANCHOR + 1;

  private final byte[] pairs = new byte[1 << 16];

  /// What may stand before the anchors of a hash, a bit for the last five bits of a byte, so that
  /// letters of either case are the same; none where no anchor has the hash.
  private final int[] before = new int[1 << HASH_BITS];

  /// The same for what may stand after them.
  private final int[] after = new int[1 << HASH_BITS];

  /// @param triggers in lower case, of three bytes or more
  Prefilter(List<byte[]> triggers) {
    // The short ones have no choice; the others may use their pairs at no cost.
    triggers.stream().sorted(Comparator.comparingInt(t -> t.length)).forEach(this::add);
  }

  private void add(byte[] trigger) {
    if (trigger.length < ANCHOR) {
      throw new IllegalArgumentException("A trigger needs three bytes or more");
    }
    var best = 0;
    for (var i = 1; i <= Math.min(DEEPEST, trigger.length - ANCHOR); i++) {
      best = cost(trigger, i) < cost(trigger, best) ? i : best;
    }
    mark(trigger[best], trigger[best + 1], FIRST);
    mark(trigger[best + 1], trigger[best + 2], SECOND);
    var hash = hash(trigger, best);
    before[hash] |= best == 0 ? ANY : bit(trigger[best - 1]);
    after[hash] |= best + ANCHOR == trigger.length ? ANY : bit(trigger[best + ANCHOR]);
  }

  private static int bit(byte b) {
    return 1 << (b & 31);
  }

  private double cost(byte[] trigger, int at) {
    return cost(trigger[at], trigger[at + 1], FIRST)
        + cost(trigger[at + 1], trigger[at + 2], SECOND);
  }

  /// How often more a pair of bytes makes the search stop.
  private double cost(byte first, byte second, byte place) {
    var marked = pairs[pair(first, second)];
    return (marked & place) != 0 ? 0 : share(first) * share(second) * (marked == 0 ? 1 : 0.3);
  }

  private static double share(byte b) {
    var rank = COMMON.indexOf(b & 0xff);
    return 1.0 / (5 + (rank < 0 ? 2 * COMMON.length() : rank));
  }

  private void mark(byte first, byte second, byte place) {
    for (var a : new int[] {first, upper(first)}) {
      for (var b : new int[] {second, upper(second)}) {
        pairs[pair(a, b)] |= place;
      }
    }
  }

  private static int pair(int first, int second) {
    return (first & 0xff) | (second & 0xff) << 8;
  }

  private static int upper(byte b) {
    return b >= 'a' && b <= 'z' ? b - 32 : b;
  }

  /// The same for letters of either case; other bytes may share theirs with them.
  private static int hash(byte[] bytes, int at) {
    var key = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    return ((key | 0x202020) * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
  }

  /// The first position from which on a trigger may begin, or `stop` where none begins before it.
  ///
  /// @param known where the bytes at hand end
  int next(byte[] bytes, int from, int stop, int known) {
    var table = pairs;
    var most = Math.min(stop + REACH, known) - 1;
    for (var i = from; i < most; i += 2) {
      var place = table[(short) PAIR.get(bytes, i) & 0xffff];
      if (place != 0 && isPair(bytes, place, i, from, known)) {
        // a later anchor's trigger may begin before that of this one, but no further
        return Math.clamp(i - 1 - DEEPEST, from, stop);
      }
    }
    return stop;
  }

  private boolean isPair(byte[] bytes, byte place, int at, int from, int known) {
    return ((place & SECOND) != 0 && at > from && isAnchor(bytes, at - 1, from, known))
        || ((place & FIRST) != 0 && at + ANCHOR <= known && isAnchor(bytes, at, from, known));
  }

  /// What lies outside of the bytes at hand may be anything. No trigger begins before `from`.
  private boolean isAnchor(byte[] bytes, int at, int from, int known) {
    var hash = hash(bytes, at);
    var followers = after[hash];
    return followers != 0
        && (at + ANCHOR == known || (followers & bit(bytes[at + ANCHOR])) != 0)
        && (before[hash] & (at == from ? ANY : bit(bytes[at - 1]))) != 0;
  }
}
