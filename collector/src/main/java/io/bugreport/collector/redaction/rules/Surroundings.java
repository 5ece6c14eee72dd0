package io.bugreport.collector.redaction.rules;

/// What stands around a value, so that its shape can be seen and nothing else.
public final class Surroundings {
  private static final int BEFORE = 32;
  private static final int AFTER = 8;

  private Surroundings() {}

  /// The characters around a part of a text, masked.
  public static String of(CharSequence text, int from, int to) {
    return masked(text, Math.max(0, from - BEFORE), from)
        + "…"
        + masked(text, to, Math.min(text.length(), to + AFTER));
  }

  private static String masked(CharSequence text, int from, int to) {
    var masked = new StringBuilder();
    for (var i = from; i < to; i++) {
      var c = text.charAt(i);
      if (c == '\n') {
        masked.append('⏎');
      } else if (c >= '0' && c <= '9') {
        masked.append('9');
      } else {
        masked.append(c > ' ' && c < 127 && !Character.isLetter(c) ? c : c <= ' ' ? ' ' : 'x');
      }
    }
    return masked.toString();
  }
}
