package io.bugreport.app;

/// What the process ends with. Scripts rely on these numbers.
public enum ExitCode {
  /// Done.
  DONE(0),
  /// A finding at or above `--fail-on`.
  FINDING(1),
  /// The command line or a file named in it cannot be used as it is.
  USAGE(2),
  /// The archive is written, but something planned is missing and `--strict` was given.
  INCOMPLETE(3),
  /// Nothing could be collected.
  NOTHING_COLLECTED(4),
  /// The archive is written, but something in it looks like a secret, and `--allow-leaks` was not
  /// given: it must not be passed on.
  LEAK(5),
  /// A bug in this program.
  BUG(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
