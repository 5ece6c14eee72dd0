package io.bugreport.app;

import io.bugreport.analyzers.declared.DeclaredChecks;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.CheckDefinition;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/// A folder of checks that are not ours: programmed ones in jars, declared ones in YAML. Each jar
/// has a class loader of its own below that of this program, so that two plugins may bring two
/// versions of one library.
///
/// @param folder as the user named it
record PluginFolder(Path folder) {

  /// The checks of one file.
  record Plugin(Path file, List<CheckDefinition> checks) {
    Plugin {
      checks = List.copyOf(checks);
    }
  }

  private static final String JAR = ".jar";
  private static final String ADVICE =
      "Build it against this version with @Check and its annotation processor, see docs/plugins.md.";

  /// All of them, by file name.
  ///
  /// @throws Failure when there is none, or one that cannot be loaded: a run without a check that
  ///   was asked for would pass for health
  List<Plugin> plugins() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          "--plugins " + folder + " is not a folder",
          "Name a folder that holds checks as .jar or .yaml.");
    }
    List<Plugin> plugins = new ArrayList<>();
    for (var file : files()) {
      plugins.add(new Plugin(file, file.toString().endsWith(JAR) ? checks(file) : declared(file)));
    }
    if (plugins.isEmpty()) {
      throw new Failure(
          "--plugins " + folder + " holds no .jar or .yaml file", "Put your checks there.");
    }
    return plugins;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(JAR) || Layout.isDocument(file.toString()))
          .sorted()
          .toList();
    }
  }

  private static List<CheckDefinition> declared(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var declared = DeclaredChecks.read(file.toString(), in);
      if (!declared.problems().isEmpty()) {
        throw new Failure(
            declared.problems().getFirst(), "All of it says: bug-report checks lint " + file);
      }
      return declared.checks();
    }
  }

  private static List<CheckDefinition> checks(Path jar) throws IOException {
    try (var _ = new JarFile(jar.toFile())) {
      // A class loader takes what is no jar for an empty one.
    } catch (IOException e) {
      throw refused(jar, "it is no jar: " + e.getMessage());
    }
    try {
      var checks = load(loader(jar));
      if (checks.isEmpty()) {
        throw refused(jar, "it holds no check");
      }
      return checks;
    } catch (ServiceConfigurationError e) {
      throw refused(jar, said(e.getCause() == null ? e : e.getCause()));
    } catch (LinkageError | IllegalArgumentException e) {
      throw refused(jar, said(e));
    }
  }

  /// It stays open: a check may need another class of its jar at any time until the program ends.
  private static URLClassLoader loader(Path jar) throws IOException {
    return new URLClassLoader(
        jar.getFileName().toString(),
        new URL[] {jar.toUri().toURL()},
        PluginFolder.class.getClassLoader());
  }

  private static List<CheckDefinition> load(ClassLoader loader) {
    return ServiceLoader.load(Analyzer.class, loader).stream()
        .filter(provider -> loader.equals(provider.type().getClassLoader()))
        .map(provider -> CheckDefinition.of(provider.get()))
        .toList();
  }

  private static String said(Throwable problem) {
    var message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return problem instanceof IllegalArgumentException
        ? message
        : problem.getClass().getSimpleName() + ": " + message;
  }

  private static Failure refused(Path jar, String why) {
    return new Failure(jar + " cannot be loaded as a plugin: " + why, ADVICE);
  }
}
