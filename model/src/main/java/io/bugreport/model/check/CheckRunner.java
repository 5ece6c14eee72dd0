package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs checks over a snapshot. It decides, alike for all of them, when a check could not see
/// enough.
public final class CheckRunner {
  private final Snapshot snapshot;
  private final Blindness blindness;
  private final Excerpts excerpts;

  public CheckRunner(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.blindness = new Blindness(snapshot);
    this.excerpts = new Excerpts(snapshot.archive());
  }

  /// Runs all of them.
  public Diagnosis run(CheckCatalogue catalogue) {
    return new Diagnosis(catalogue.checks().stream().map(this::run).toList());
  }

  /// Runs one. Whatever it throws is its own conclusion, and costs no other check anything.
  public Conclusion run(CheckDefinition check) {
    return run(check, new Mesh(snapshot, check));
  }

  /// What a check concludes, and what it asked for on the way.
  public record Trial(Conclusion conclusion, Set<ResourceKind> resources, Set<Endpoint> endpoints) {
    public Trial {
      resources = Set.copyOf(resources);
      endpoints = Set.copyOf(endpoints);
    }
  }

  /// Runs one and notes what it asks for: for tests that hold a check's declaration against what it
  /// does.
  public Trial tryOut(CheckDefinition check) {
    var mesh = new Mesh(snapshot, check);
    var conclusion = run(check, mesh);
    return new Trial(conclusion, mesh.askedResources(), mesh.askedEndpoints());
  }

  Conclusion run(CheckDefinition check, Mesh mesh) {
    List<Gap> objectGaps = new ArrayList<>();
    for (var kind : check.resources()) {
      objectGaps.addAll(blindness.gaps(kind));
    }
    if (!objectGaps.isEmpty()) {
      // With some Services unseen, "no such Service" would be a guess.
      return new Conclusion.NotEvaluated(check.id(), objectGaps);
    }
    List<Gap> gaps = new ArrayList<>();
    for (var endpoint : check.endpoints()) {
      gaps.addAll(blindness.gaps(endpoint));
    }
    try {
      List<Finding> findings = new ArrayList<>();
      for (var observation : check.analyzer().analyze(mesh)) {
        findings.add(finding(check, observation));
      }
      gaps.addAll(mesh.unreadable());
      if (!findings.isEmpty()) {
        return new Conclusion.Found(
            check.id(), findings.stream().sorted(Finding.ORDER).toList(), gaps);
      }
      var absent = absent(check);
      if (absent != null && gaps.isEmpty()) {
        return new Conclusion.NotApplicable(check.id(), absent);
      }
    } catch (IOException e) {
      gaps.add(new Gap("evidence", String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      // Errors too: a plugin may be built against another version, recurse, or fill the memory.
      gaps.add(new Gap(check.id(), "the check itself failed, please report this: " + said(e)));
    }
    return gaps.isEmpty()
        ? new Conclusion.Passed(check.id())
        : new Conclusion.NotEvaluated(check.id(), gaps);
  }

  private static String said(Throwable problem) {
    var message = problem.getMessage();
    var name = problem.getClass().getName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }

  /// What a check looks at first and this snapshot has none of, or null.
  private @Nullable String absent(CheckDefinition check) throws IOException {
    if (!check.endpoints().isEmpty()) {
      var endpoint = check.endpoints().getFirst();
      return count(endpoint) == 0 ? "nothing here answers " + endpoint.readableName() : null;
    }
    if (check.resources().isEmpty()) {
      return null;
    }
    var kind = check.resources().getFirst();
    return count(kind) == 0 ? "there is no " + kind.kind() : null;
  }

  private int count(Endpoint endpoint) {
    return snapshot.clusters().stream().mapToInt(c -> c.answers(endpoint).size()).sum();
  }

  private int count(ResourceKind kind) throws IOException {
    var count = 0;
    for (var cluster : snapshot.clusters()) {
      count += cluster.all(kind).size();
    }
    return count;
  }

  private Finding finding(CheckDefinition check, Observation observation) throws IOException {
    var code = observation.code() == null ? check.codes().getFirst() : observation.code();
    if (!check.codes().contains(code)) {
      throw new IllegalStateException(
          check.id() + " reports " + code + ": name it in @Check(codes)");
    }
    return new Finding(
        code,
        check.id(),
        observation.severity() == null ? check.severity() : observation.severity(),
        check.title(),
        observation.message(),
        observation.resource(),
        observation.related(),
        excerpts.of(observation.locations()),
        check.fix(),
        check.docs(),
        null);
  }
}
