package io.bugreport.collector.redaction;

/// Finds the closing quote of a string. A string inside of a string has its quotes escaped, so an
/// opening quote after n backslashes is closed by one after as many; fewer of them close the string
/// outside of it.
final class QuotedRest implements Span.Rest {
  private final int quote;
  private final int depth;
  private final boolean folds;
  private int backslashes;

  /// @param depth how many backslashes stand before the quotes
  /// @param folds whether a string goes on in a next line that is indented
  QuotedRest(int quote, int depth, boolean folds) {
    this.quote = quote;
    this.depth = depth;
    this.folds = folds;
  }

  @Override
  public int eat(byte[] bytes, int from, int to, int known) {
    for (var i = from; i < to; i++) {
      var b = bytes[i];
      if (b == '\\') {
        backslashes++;
        continue;
      }
      if (b == quote && closes()) {
        if (!isDoubled(bytes, i, known)) {
          return Math.max(0, i - Math.min(backslashes, depth) - from);
        }
        i++;
      } else if (b == '"' && quote == '\'' && backslashes < depth) {
        return Math.max(0, i - backslashes - from);
      } else if (b == '\n' && !(folds && isIndented(bytes, i + 1, known))) {
        return i - from;
      }
      backslashes = 0;
    }
    return to - from;
  }

  private boolean closes() {
    return backslashes < depth || backslashes % (2 * (depth + 1)) == depth;
  }

  /// As YAML writes a single quote between single quotes.
  private boolean isDoubled(byte[] bytes, int at, int known) {
    return quote == '\'' && depth == 0 && at + 1 < known && bytes[at + 1] == '\'';
  }

  private static boolean isIndented(byte[] bytes, int at, int known) {
    return at < known && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n');
  }
}
