package io.bugreport.collector.redaction;

/// Finds the end of an object or a list in JSON, escaped or not, that reaches beyond the window.
/// Brackets inside of strings count for nothing.
final class FlowRest implements Span.Rest {
  private int depth;
  private int backslashes;
  private int escape = -1;
  private boolean inString;

  @Override
  public int eat(byte[] bytes, int from, int to, int known) {
    for (var i = from; i < to; i++) {
      var b = bytes[i];
      if (b == '\\') {
        backslashes++;
        continue;
      }
      if (b == '"') {
        if (escape < 0) {
          escape = backslashes;
        }
        if (backslashes < escape) {
          return Math.max(0, i - backslashes - from); // the string around it all ends
        }
        if (backslashes == escape) {
          inString = !inString;
        }
      } else if (!inString && (b == '{' || b == '[')) {
        depth++;
      } else if (!inString && (b == '}' || b == ']')) {
        depth--;
        if (depth == 0) {
          return i + 1 - from;
        }
      }
      backslashes = 0;
    }
    return to - from;
  }
}
