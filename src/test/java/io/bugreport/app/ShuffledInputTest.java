package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShuffledInputTest {
  private static final Path MESH = Path.of("../samples/bookinfo-broken/clusters/east");

  @TempDir private Path folder;

  @Test
  void theOrderOfFilesChangesNoByte() throws IOException {
    var files = manifests();
    var first = analyze(files, "json");
    assertThat(first).as("the sample mesh has findings").contains("\"IST0101\"");

    var random = new Random(7);
    for (var form : List.of("json", "text", "sarif", "junit", "markdown")) {
      var expected = analyze(files, form);
      for (var i = 0; i < 2; i++) {
        Collections.shuffle(files, random);
        assertThat(analyze(files, form))
            .as("--output %s of shuffled files", form)
            .isEqualTo(expected);
      }
    }
  }

  private String analyze(List<String> files, String form) {
    List<String> arguments = new ArrayList<>(List.of("analyze", "--output", form));
    arguments.addAll(files);
    var checks = CheckCatalogue.load(Main.class.getClassLoader()).checks();
    return new CommandLineTester(folder)
        .with(checks.toArray(CheckDefinition[]::new))
        .run(arguments.toArray(String[]::new))
        .out();
  }

  private static List<String> manifests() throws IOException {
    try (var walk = Files.walk(MESH)) {
      return new ArrayList<>(
          walk.filter(file -> file.toString().endsWith(".yaml"))
              .map(Path::toString)
              .sorted()
              .toList());
    }
  }
}
