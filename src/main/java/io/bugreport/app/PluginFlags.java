package io.bugreport.app;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the checks of others lie.
final class PluginFlags {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "Add the checks of this folder: .jar, whose code runs here, and .yaml, see docs/plugins.md.")
  private @Nullable Path folder;

  /// All checks: ours, and those of the folder.
  ///
  /// @throws Failure when one of them cannot be loaded
  CheckCatalogue catalogue(Main main) throws IOException {
    if (folder == null) {
      return main.catalogue();
    }
    List<CheckDefinition> checks = new ArrayList<>(main.catalogue().checks());
    for (var plugin : new PluginFolder(folder).plugins()) {
      for (var check : plugin.checks()) {
        refuseTwins(plugin, check, checks);
        checks.add(check);
      }
    }
    return new CheckCatalogue(checks);
  }

  private static void refuseTwins(
      PluginFolder.Plugin plugin, CheckDefinition check, List<CheckDefinition> checks) {
    if (checks.stream().anyMatch(other -> other.id().equals(check.id()))) {
      throw new Failure(
          plugin.file() + ": there is a check called " + check.id() + " already",
          "Give this one another name, or leave its file out.");
    }
  }
}
