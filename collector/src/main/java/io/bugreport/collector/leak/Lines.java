package io.bugreport.collector.leak;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Counts the ends of lines, eight bytes at a time.
final class Lines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private Lines() {}

  static int in(byte[] bytes, int from, int to) {
    var count = 0;
    var i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      var other = (long) LONG.get(bytes, i) ^ NEWLINES;
      // the high bit of each byte that is not zero
      var different = ((other & LOW_BITS) + LOW_BITS) | other;
      count += Long.bitCount(~(different | LOW_BITS));
    }
    for (; i < to; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }
}
