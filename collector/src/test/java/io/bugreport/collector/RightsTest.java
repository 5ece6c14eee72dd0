package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static io.bugreport.collector.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.rights.Need;
import io.bugreport.collector.selection.Scope;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What happens with rights that the server tells of, and with those that it does not.
@Timeout(60)
class RightsTest {
  private static final String ONLY_APPLES =
      "[{\"verbs\":[\"list\"],\"apiGroups\":[\"test.io\"],\"resources\":[\"apples\"]}]";

  @TempDir Path folder;

  @Test
  void whatIsForbiddenIsNotAskedFor() throws IOException {
    try (var run = new TestRun(folder, "apples", "pears")) {
      run.server().onRights(ONLY_APPLES);
      run.server().onList("apples", e -> json(e, 200, list("a")));

      var items = run.collect();

      assertThat(items.outcome("c/resources/test.io/apples")).isEqualTo(Outcome.OK);
      assertThat(items.outcome("c/resources/test.io/pears")).isEqualTo(Outcome.FORBIDDEN);
      assertThat(items.reason("c/resources/test.io/pears")).contains("no right to list pears");
      assertThat(run.server().requests()).noneMatch(r -> r.contains("pears"));
      assertThat(items.summary().needs())
          .filteredOn(need -> !need.held())
          .extracting(Need::words)
          .contains("list pears.test.io in the whole cluster");
    }
  }

  @Test
  void aServerThatDoesNotTellIsNoError() throws IOException {
    try (var run = new TestRun(folder, "apples")) {
      run.server().onList("apples", e -> json(e, 200, list("a")));

      var items = run.collect();

      assertThat(items.outcome("c/resources/test.io/apples")).isEqualTo(Outcome.OK);
      assertThat(items.item("c/rights").outcome().isGap()).isFalse();
      assertThat(items.reason("c/rights")).contains("everything is tried");
      assertThat(items.summary().needs()).allMatch(Need::held);
    }
  }

  @Test
  void aUserOfOneNamespaceGetsIt() throws IOException {
    try (var run = new TestRun(folder, "apples")) {
      run.server()
          .on(
              "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
              e -> {
                var asked =
                    new String(
                        e.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                var rules = asked.contains("\"namespace\":\"ns\"") ? ONLY_APPLES : "[]";
                json(e, 201, "{\"status\":{\"resourceRules\":" + rules + "}}");
              });
      run.server().on("/apis/test.io/v1/namespaces/ns/apples", e -> json(e, 200, list("a")));

      var items =
          run.collect(o -> o.withScope(Scope.everything().in(new TreeSet<>(List.of("ns")))));

      assertThat(items.outcome("c/resources/test.io/apples/ns")).isEqualTo(Outcome.OK);
      assertThat(items.outcome("c/resources/test.io/apples/istio-system"))
          .isEqualTo(Outcome.FORBIDDEN);
    }
  }

  @Test
  void commandsAreARightThatIsNeededWherePortsMayNotBeForwarded() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server()
          .onRights(
              "[{\"verbs\":[\"get\",\"create\"],\"apiGroups\":[\"\"],\"resources\":[\"pods/exec\"]}]");

      assertThat(run.plan().summary().needs())
          .extracting(Need::words)
          .contains("create, get pods/exec in the whole cluster")
          .noneMatch(words -> words.contains("portforward"));
    }
  }

  @Test
  void withoutAnyWayToAPodTheGentlerOneIsNeeded() throws IOException {
    try (var run = new TestRun(folder)) {
      run.server().onRights("[]");

      assertThat(run.plan().summary().needs())
          .filteredOn(need -> !need.held())
          .extracting(Need::words)
          .contains("create, get pods/portforward in the whole cluster")
          .noneMatch(words -> words.contains("exec"));
    }
  }

  @Test
  void aPlanCollectsNothing() throws IOException {
    try (var run = new TestRun(folder, "apples")) {
      var items = run.plan();

      assertThat(items.outcome("c/resources/test.io/apples")).isEqualTo(Outcome.SKIPPED);
      assertThat(items.reason("c/resources/test.io/apples")).contains("only planned");
      assertThat(run.server().requests()).noneMatch(r -> r.contains("apples"));
    }
  }
}
