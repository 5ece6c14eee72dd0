package io.bugreport.analyzers;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The pages under `docs/checks`, as the checks themselves say them.
final class DocPages {
  private DocPages() {}

  /// Fails where a page differs from what its check says; or writes all of them.
  static void check(CheckCatalogue catalogue, boolean update) throws IOException {
    var folder = AnalyzersModule.folder().resolve("../docs/checks").normalize();
    var expected = pages(catalogue);
    if (update) {
      Files.createDirectories(folder);
      for (var stale : written(folder).keySet()) {
        if (!expected.containsKey(stale)) {
          Files.delete(folder.resolve(stale));
        }
      }
      for (var page : expected.entrySet()) {
        Files.writeString(folder.resolve(page.getKey()), page.getValue());
      }
    }
    assertThat(written(folder))
        .as("docs/checks is stale: mvn -pl analyzers -am test -Dupdate=true")
        .isEqualTo(expected);
  }

  private static Map<String, String> pages(CheckCatalogue catalogue) {
    Map<String, String> pages = new TreeMap<>();
    for (var check : catalogue.checks()) {
      pages.put(check.id() + ".md", page(check));
    }
    pages.put("README.md", table(catalogue));
    return pages;
  }

  private static String page(CheckDefinition check) {
    return """
    # %s

    | | |
    |---|---|
    | check | `%s` |
    | codes | %s |
    | severity | %s |
    | reads | %s |

    %s
    """
        .formatted(
            check.title(),
            check.id(),
            String.join(", ", check.codes()),
            check.severity().word(),
            check.reads().stream().map(r -> "`" + r + "`").collect(Collectors.joining(", ")),
            check.page().strip());
  }

  private static String table(CheckCatalogue catalogue) {
    var rows =
        catalogue.checks().stream()
            .map(
                c ->
                    "| %s | [%s](%s.md) | %s |\n"
                        .formatted(
                            String.join(", ", c.codes()), c.title(), c.id(), c.severity().word()))
            .sorted()
            .collect(Collectors.joining());
    return """
    # Checks

    What each check looks for, why it matters, and what to do about it. These pages are made from the
    checks' own comments by the tests of `analyzers`; change them there.

    | codes | check | severity |
    |---|---|---|
    """
        + rows;
  }

  private static Map<String, String> written(Path folder) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (var file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
          pages.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
      }
    }
    return pages;
  }
}
