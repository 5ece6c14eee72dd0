package io.bugreport.model.check;

/// The part of a line around a column. Some answers are a single line of megabytes, so no more than
/// the part is ever held.
final class LineView {
  private static final int WIDTH = 240;
  private static final int BEFORE = 40;

  private final int start;
  private final StringBuilder part = new StringBuilder();
  private long length;

  /// @param column the one that is meant, from 1
  LineView(int column) {
    this.start = Math.max(0, column - 1 - BEFORE);
  }

  /// The position in the line, from 0, of the first sign that it has to see.
  int from() {
    return Math.max(0, start - WIDTH);
  }

  /// The position after the last sign that it has to see.
  int to() {
    return start + WIDTH;
  }

  /// Takes the next sign between the two.
  void see(char sign) {
    part.append(sign);
  }

  /// Ends the line.
  ///
  /// @param signs how many it has in all
  void end(long signs) {
    length = signs;
  }

  /// The part, with an ellipsis where more of the line was.
  String text() {
    if (length <= WIDTH) {
      return part.toString();
    }
    var begin = Math.min(start, length - WIDTH);
    var from = Math.min(part.length(), Math.max(0, (int) (begin - from())));
    var text = part.substring(from, Math.min(part.length(), from + WIDTH));
    // Half of a pair would be no character.
    var first = !text.isEmpty() && Character.isLowSurrogate(text.charAt(0)) ? 1 : 0;
    var end = text.length();
    var last = end > first && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return (begin > 0 ? "…" : "")
        + text.substring(first, last)
        + (begin + WIDTH < length ? "…" : "");
  }
}
