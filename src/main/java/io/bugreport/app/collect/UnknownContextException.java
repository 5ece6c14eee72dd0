package io.bugreport.app.collect;

/// A cluster that cannot be told from the kubeconfig: the message says what is missing.
public final class UnknownContextException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;

  UnknownContextException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /// What to do about it.
  public String advice() {
    return advice;
  }
}
