package io.bugreport.collector.redaction.rules;

/// Text that lets itself be read only so often, so that a pattern which goes back and forth without
/// end is stopped.
final class Bounded implements CharSequence {
  private static final int PER_CHARACTER = 100;
  private static final int AT_LEAST = 20_000;

  private final String text;
  private long left;

  /// A pattern took too long.
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExhaustedException() {
      super("the pattern goes back and forth without end", null, false, false);
    }
  }

  Bounded(String text) {
    this.text = text;
    this.left = AT_LEAST + (long) PER_CHARACTER * text.length();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new ExhaustedException();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
