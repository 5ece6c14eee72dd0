package io.bugreport.model.check;

import java.util.Locale;

/// How a check's id is made of its class name: `StaleNameTable` is `stale-name-table`.
final class CheckId {
  private CheckId() {}

  static String of(String className) {
    return className
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}
