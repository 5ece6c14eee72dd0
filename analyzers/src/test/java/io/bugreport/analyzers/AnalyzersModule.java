package io.bugreport.analyzers;

import io.bugreport.model.check.CheckCatalogue;
import java.nio.file.Path;

/// Where this module lies, and what it holds.
final class AnalyzersModule {
  private AnalyzersModule() {}

  static Path folder() {
    return Path.of(System.getProperty("basedir", "."));
  }

  /// Whether expectations are to be rewritten: `-Dupdate=true`.
  static boolean isUpdating() {
    return Boolean.getBoolean("update");
  }

  static CheckCatalogue catalogue() {
    return CheckCatalogue.load(AnalyzersModule.class.getClassLoader());
  }
}
