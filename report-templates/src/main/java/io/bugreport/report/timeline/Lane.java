package io.bugreport.report.timeline;

/// What sort of thing happened: a row of the picture.
public enum Lane {
  RESTART("Restarts"),
  DEPLOYMENT("Deployments"),
  CHANGE("Configuration"),
  EVENT("Warning events"),
  LOG("Errors in logs"),
  PUSH("Rejected pushes"),
  CERTIFICATE("Certificates end");

  private final String title;

  Lane(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// Whether it tells of something that went wrong, rather than of something that was done.
  public boolean isTrouble() {
    return switch (this) {
      case RESTART, EVENT, LOG, PUSH -> true;
      case DEPLOYMENT, CHANGE, CERTIFICATE -> false;
    };
  }
}
