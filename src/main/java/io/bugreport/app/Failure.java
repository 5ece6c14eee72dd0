package io.bugreport.app;

/// Something that the user can put right. Its message is what happened and why; the advice is what
/// to do about it.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final String advice;

  /// A command line that cannot be carried out.
  public Failure(String message, String advice) {
    this(ExitCode.USAGE, message, advice);
  }

  public Failure(ExitCode code, String message, String advice) {
    super(message);
    this.code = code;
    this.advice = advice;
  }

  public ExitCode code() {
    return code;
  }

  public String advice() {
    return advice;
  }
}
