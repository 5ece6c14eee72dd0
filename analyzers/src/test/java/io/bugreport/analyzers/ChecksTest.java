package io.bugreport.analyzers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.check.Source;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every check. A new one is a class and a fixture; nothing here changes.
class ChecksTest {
  private static final Pattern CODE = Pattern.compile("IST\\d{4}|[A-Z]{2,3}-\\d{2}");

  /// Codes that Istio gave up; they are never used again.
  private static final Set<String> RETIRED =
      Set.of(
          "IST0003", "IST0004", "IST0104", "IST0105", "IST0113", "IST0114", "IST0115", "IST0117",
          "IST0119", "IST0120", "IST0121", "IST0122", "IST0124");

  static Stream<Fixture> fixtures() {
    return Fixture.all().stream();
  }

  static Stream<CheckDefinition> checks() {
    return AnalyzersModule.catalogue().checks().stream();
  }

  private static CheckDefinition checkOf(Fixture fixture) {
    return checks()
        .filter(c -> className(c).equals(fixture.check()))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    fixture.path() + " is of no check: begin its name with a check's class name"));
  }

  private static String className(CheckDefinition check) {
    return check.analyzer().getClass().getSimpleName();
  }

  private static List<Fixture> fixturesOf(CheckDefinition check) {
    return Fixture.all().stream().filter(f -> f.check().equals(className(check))).toList();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void findsExactlyWhatTheFixtureSays(Fixture fixture) throws IOException {
    Expectation.check(checkOf(fixture), fixture, AnalyzersModule.isUpdating());
  }

  @ParameterizedTest
  @MethodSource("checks")
  void isSeenToFindAndToStaySilent(CheckDefinition check) throws IOException {
    var fired = false;
    var silent = false;
    for (var fixture : fixturesOf(check)) {
      try (var snapshot = fixture.open()) {
        Set<ResourceId> about = new HashSet<>();
        for (var finding : findings(new CheckRunner(snapshot).run(check))) {
          about.add(finding.resource());
        }
        fired |= !about.isEmpty();
        silent |= !about.containsAll(candidates(check, snapshot));
      }
    }
    var name = "src/test/resources/checks/" + className(check) + ".txtar";
    assertThat(fired).as("no fixture makes %s find anything: add %s", check.id(), name).isTrue();
    assertThat(silent)
        .as("no fixture shows what %s leaves alone: add a sound object to %s", check.id(), name)
        .isTrue();
  }

  private static Set<ResourceId> candidates(CheckDefinition check, Snapshot snapshot)
      throws IOException {
    Set<ResourceId> candidates = new HashSet<>();
    if (check.sources().contains(Source.MACHINES)) {
      snapshot.machines().forEach(machine -> candidates.add(machine.id()));
    }
    for (var cluster : snapshot.clusters()) {
      for (var kind : check.resources().stream().limit(1).toList()) {
        cluster.all(kind).forEach(r -> candidates.add(r.id()));
      }
      for (var endpoint : check.endpoints().stream().limit(1).toList()) {
        cluster.answers(endpoint).forEach(a -> candidates.add(a.pod()));
      }
      if (check.resources().isEmpty() && check.endpoints().isEmpty()) {
        for (var path : cluster.files()) {
          Layout.containerFile(path)
              .ifPresent(
                  f ->
                      candidates.add(
                          new ResourceId(f.cluster(), "", "Pod", f.namespace(), f.pod())));
        }
      }
    }
    return candidates;
  }

  @ParameterizedTest
  @MethodSource("checks")
  void readsWhatItDeclares(CheckDefinition check) throws IOException {
    Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
    Set<Endpoint> endpoints = EnumSet.noneOf(Endpoint.class);
    Set<Source> sources = EnumSet.noneOf(Source.class);
    for (var fixture : fixturesOf(check)) {
      try (var snapshot = fixture.open()) {
        var trial = new CheckRunner(snapshot).tryOut(check);
        kinds.addAll(trial.resources());
        endpoints.addAll(trial.endpoints());
        sources.addAll(trial.sources());
      }
    }
    var advice = check.id() + ": either @Check declares too much, or its fixtures miss a path";
    assertThat(kinds).as(advice).containsExactlyInAnyOrderElementsOf(check.resources());
    assertThat(endpoints).as(advice).containsExactlyInAnyOrderElementsOf(check.endpoints());
    assertThat(sources).as(advice).containsExactlyInAnyOrderElementsOf(check.sources());
  }

  @ParameterizedTest
  @MethodSource("checks")
  void staysSilentOnAnEmptySnapshot(CheckDefinition check) throws IOException {
    for (var files : List.of(Map.<String, String>of(), Map.of(Layout.COLLECTION, ""))) {
      try (var snapshot = Fixture.open(files)) {
        assertThat(findings(new CheckRunner(snapshot).run(check))).as(check.id()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void saysNothingWhenBlind(CheckDefinition check) throws IOException {
    for (var fixture : fixturesOf(check)) {
      var seen = Blindfold.conclusion(check, fixture.files());
      for (var blindfold : Blindfold.of(check)) {
        for (var outcome : List.of("forbidden", "timeout")) {
          var conclusion = Blindfold.conclusion(check, blindfold.over(fixture, outcome));
          var about = check.id() + " without " + blindfold + " (" + outcome + ") in " + fixture;
          switch (conclusion) {
            case NotEvaluated _ -> {}
            case Found found -> {
              // Only what it saw in the other answers, and with the gap beside it.
              assertThat(blindfold.isIndispensable()).as(about).isFalse();
              assertThat(found.gaps()).as(about).isNotEmpty();
              assertThat(subjects(found)).as(about).isSubsetOf(subjects(seen));
            }
            default -> fail(about + " concludes " + conclusion);
          }
        }
      }
    }
  }

  private static List<String> subjects(Conclusion conclusion) {
    return findings(conclusion).stream().map(f -> f.code() + " " + f.resource()).toList();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void findsTheSameInAnyOrder(Fixture fixture) throws IOException {
    var check = checkOf(fixture);
    var expected = places(Blindfold.conclusion(check, fixture.files()));
    for (var seed = 1; seed <= 3; seed++) {
      var random = new Random(seed);
      Map<String, String> shuffled = new LinkedHashMap<>();
      fixture.files().forEach((path, text) -> shuffled.put(path, shuffled(path, text, random)));
      assertThat(places(Blindfold.conclusion(check, shuffled)))
          .as("%s depends on the order of objects in %s (seed %d)", check.id(), fixture, seed)
          .isEqualTo(expected);
    }
  }

  private static String shuffled(String path, String text, Random random) {
    if (!path.endsWith(".yaml")) {
      return text;
    }
    var documents = new ArrayList<>(Arrays.asList(text.strip().split("\\n---\\n")));
    Collections.shuffle(documents, random);
    return String.join("\n---\n", documents) + "\n";
  }

  private static List<String> places(Conclusion conclusion) {
    return findings(conclusion).stream().map(Expectation::withoutPlace).toList();
  }

  private static List<Finding> findings(Conclusion conclusion) {
    return conclusion instanceof Found found ? found.findings() : List.of();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void idsAndCodesAreWellFormed(CheckDefinition check) {
    assertThat(check.title())
        .as("the title of %s is a noun phrase", check.id())
        .doesNotEndWith(".");
    assertThat(check.codes())
        .as("codes of %s", check.id())
        .allMatch(CODE.asMatchPredicate())
        .doesNotContainAnyElementsOf(RETIRED)
        .doesNotHaveDuplicates();
    assertThat(check.reads()).as("%s reads nothing", check.id()).isNotEmpty();
  }

  @Test
  void docsAreFresh() throws IOException {
    DocPages.check(AnalyzersModule.catalogue(), AnalyzersModule.isUpdating());
  }
}
