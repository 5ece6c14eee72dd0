package io.bugreport.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The browser of this machine: the one that `BROWSER` names, or what the system opens pages with.
final class Browser {
  private static final List<String> OPENERS = List.of("xdg-open", "open", "wslview");

  private final Map<String, String> environment;

  Browser(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Opens a page, and does not wait for it to be closed.
  ///
  /// @throws Failure when this machine has nothing to open it with; the page is there all the same
  void open(Path page) throws IOException {
    var program =
        program()
            .orElseThrow(
                () ->
                    new Failure(
                        "no browser was found to open " + page + " with",
                        "Open the file yourself, or name a browser in BROWSER."));
    List<String> command = new ArrayList<>(List.of(program));
    command.add(page.toAbsolutePath().toString());
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Optional<String> program() {
    var named = environment.getOrDefault("BROWSER", "");
    if (!named.isEmpty()) {
      return Optional.of(named);
    }
    var folders = environment.getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return OPENERS.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
