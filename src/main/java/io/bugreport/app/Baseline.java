package io.bugreport.app;

import io.bugreport.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Findings that were there before, as an earlier `analyze --output json` wrote them. A finding is
/// the same one where code, object and message are: lines may have moved.
final class Baseline implements Predicate<Finding> {
  private record Known(
      String code, String cluster, String kind, String namespace, String name, String message) {}

  private final Set<Known> known;

  private Baseline(Set<Known> known) {
    this.known = known;
  }

  /// Reads one.
  ///
  /// @throws Failure when the file is no such output
  static Baseline read(Path file) throws IOException {
    JsonNode findings;
    try {
      findings = JsonMapper.builder().build().readTree(Files.readAllBytes(file)).path("findings");
    } catch (JacksonException e) {
      throw noBaseline(file);
    }
    if (!findings.isArray()) {
      throw noBaseline(file);
    }
    var known = new HashSet<Known>();
    for (var finding : findings) {
      var resource = finding.path("resource");
      known.add(
          new Known(
              text(finding, "code"),
              text(resource, "cluster"),
              text(resource, "kind"),
              text(resource, "namespace"),
              text(resource, "name"),
              text(finding, "message")));
    }
    return new Baseline(known);
  }

  private static Failure noBaseline(Path file) {
    return new Failure(
        file + " is no baseline: it has no list of findings",
        "Make one with: bug-report analyze ... --output json > " + file);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  @Override
  public boolean test(Finding finding) {
    var id = finding.resource();
    return known.contains(
        new Known(
            finding.code(), id.cluster(), id.kind(), id.namespace(), id.name(), finding.message()));
  }
}
