package io.bugreport.analyzers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Our checks against the cases of istioctl's own analyzers: the same codes for the same objects.
/// The cases are not part of this project; the variable `BUG_REPORT_CONFORMANCE` names their
/// folder.
@Tag("conformance")
class IstioctlConformanceTest {
  private static final String FOLDER = "BUG_REPORT_CONFORMANCE";

  /// What one case of `cases.json` says.
  private record Case(Path folder, Field field) {

    String analyzer() {
      return field.text("istioctlAnalyzer");
    }

    Map<String, String> files() throws IOException {
      Map<String, String> files = new LinkedHashMap<>();
      for (var file : field.fields("files.*")) {
        files.put(file.text(), Files.readString(folder.resolve(file.text())));
      }
      if (!files.isEmpty()) {
        files.put("default-ingress.yaml", Files.readString(folder.resolve("default-ingress.yaml")));
      }
      for (var cluster : field.named("clusters").map(Field::children).orElse(List.of())) {
        for (var file : cluster.children()) {
          files.put(
              "clusters/%s/namespaces/all/core/%s".formatted(cluster.name(), file.text()),
              Files.readString(folder.resolve(file.text())));
        }
      }
      putMesh(files, "meshConfig", "mesh");
      putMesh(files, "meshNetworks", "meshNetworks");
      return files;
    }

    private void putMesh(Map<String, String> files, String option, String key) throws IOException {
      Optional<Field> file = field.named(option);
      if (file.isPresent()) {
        files.put(option + ".yaml", asConfigMap(key, folder.resolve(file.get().text())));
      }
    }

    private static String asConfigMap(String key, Path file) throws IOException {
      return """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
        annotations: {bug-report.io/overrides: "true"}
      data:
        %s: |
      %s
      """
          .formatted(key, Files.readString(file).indent(4));
    }

    List<String> expected() {
      return field.fields("expected.*").stream()
          .map(pair -> pair.children().get(0).text() + " " + pair.children().get(1).text())
          .sorted()
          .toList();
    }

    @Override
    public String toString() {
      return field.text("id") + " " + analyzer() + " / " + field.text("name");
    }
  }

  @Test
  void findsWhatIstioctlFinds() throws IOException {
    var folder = System.getenv(FOLDER);
    assumeTrue(folder != null, FOLDER + " names no folder of istioctl's cases");
    List<String> uncovered = new ArrayList<>();
    Map<String, List<String>> found = new LinkedHashMap<>();
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (var example : cases(Path.of(String.valueOf(folder)))) {
      var checks =
          AnalyzersModule.catalogue().checks().stream()
              .filter(c -> c.istioctlAnalyzer().equals(example.analyzer()))
              .toList();
      if (checks.isEmpty()) {
        uncovered.add(example.toString());
        continue;
      }
      List<String> pairs = new ArrayList<>();
      try (var snapshot = Fixture.open(example.files())) {
        var runner = new CheckRunner(snapshot);
        for (var check : checks) {
          if (runner.run(check) instanceof Found some) {
            some.findings().stream().map(IstioctlConformanceTest::pair).forEach(pairs::add);
          }
        }
      }
      found.put(example.toString(), pairs.stream().sorted().toList());
      expected.put(example.toString(), example.expected());
    }
    System.out.printf(
        "%d cases held against istioctl's; no check yet stands for: %s%n",
        expected.size(), uncovered);
    assertThat(found).isEqualTo(expected);
  }

  private static String pair(Finding finding) {
    return finding.code() + " " + finding.resource();
  }

  private static List<Case> cases(Path folder) throws IOException {
    var root = new AtomicReference<Node>();
    try (var in = Files.newInputStream(folder.resolve("cases.json"))) {
      DocumentReader.read("cases.json", in, root::set);
    }
    return new Field("cases.json", "", root.get())
        .fields("cases.*").stream().map(field -> new Case(folder, field)).toList();
  }
}
