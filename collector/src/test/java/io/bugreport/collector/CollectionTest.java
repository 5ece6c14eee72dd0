package io.bugreport.collector;

import static io.bugreport.collector.TestServer.json;
import static io.bugreport.collector.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.engine.Progress;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run against a server that fails in every way, one kind each.
@Timeout(60)
class CollectionTest {
  private static final CollectionOptions QUICK =
      CollectionOptions.defaults().withItemTimeout(Duration.ofSeconds(2));

  @TempDir Path folder;

  @Test
  void oneFailureLosesNothingElse() throws IOException {
    try (var server =
        new TestServer("unauthorized", "forbidden", "missing", "busy", "broken", "cut", "fine")) {
      server.onList("unauthorized", e -> json(e, 401, "{\"message\":\"who are you?\"}"));
      server.onList("forbidden", e -> json(e, 403, "{\"message\":\"not for you\"}"));
      server.onList("missing", e -> json(e, 404, ""));
      server.onList("broken", e -> json(e, 500, "out of order"));
      server.onList("fine", e -> json(e, 200, list("a", "b")));
      server.onList(
          "cut",
          e -> {
            e.sendResponseHeaders(200, 10_000);
            e.getResponseBody().write("{\"items\":[".getBytes(StandardCharsets.UTF_8));
          });
      var asked = new AtomicInteger();
      server.onList(
          "busy",
          e -> {
            if (asked.getAndIncrement() == 0) {
              e.getResponseHeaders().set("Retry-After", "0");
              json(e, 429, "later");
            } else {
              json(e, 200, list("a"));
            }
          });

      var summary = run(server, QUICK, Progress.none());

      assertThat(item(summary, "unauthorized").outcome()).isEqualTo(Outcome.FORBIDDEN);
      assertThat(item(summary, "forbidden").reason()).contains("not for you");
      assertThat(item(summary, "missing").outcome()).isEqualTo(Outcome.NOT_FOUND);
      assertThat(item(summary, "broken").reason()).contains("HTTP 500: out of order");
      assertThat(item(summary, "cut").outcome()).isEqualTo(Outcome.FAILED);
      assertThat(item(summary, "busy").outcome()).isEqualTo(Outcome.OK);
      assertThat(item(summary, "busy").attempts()).isEqualTo(2);
      assertThat(item(summary, "fine").count()).isEqualTo(2);
      assertThat(summary.interrupted()).isNull();
      assertThat(summary.clusters().getFirst().server()).isEqualTo("v1.36.1");
      assertThat(text(Layout.list("c", "ns", "test.io", "fine")))
          .contains("kind: ThingList", "port: \"8080\"", "replicas: 2")
          .doesNotContain("managedFields");
    }
  }

  @Test
  void theRunsDeadlineEndsWhatNeverAnswers() throws IOException {
    try (var server = new TestServer("silent", "fine")) {
      server.onList("silent", e -> server.neverAnswer());
      server.onList("fine", e -> json(e, 200, list("a")));

      var options =
          CollectionOptions.defaults().withRunTimeout(Duration.ofSeconds(2)).withConcurrency(4);
      var summary = run(server, options, Progress.none());

      assertThat(item(summary, "silent").outcome()).isEqualTo(Outcome.TIMEOUT);
      assertThat(item(summary, "silent").reason()).contains("deadline of 2 s");
      assertThat(item(summary, "fine").outcome()).isEqualTo(Outcome.OK);
      assertThat(summary.interrupted()).contains("deadline");
    }
  }

  @Test
  void whatNeverAnswersEndsAtItsOwnDeadline() throws IOException {
    try (var server = new TestServer("silent")) {
      server.onList("silent", e -> server.neverAnswer());

      var summary = run(server, QUICK, Progress.none());

      assertThat(item(summary, "silent").outcome()).isEqualTo(Outcome.TIMEOUT);
      assertThat(summary.interrupted()).isNull();
    }
  }

  @Test
  void cancelKeepsWhatCameAndTheArchiveOpens() throws Exception {
    try (var server = new TestServer("fine", "silent", "waiting")) {
      server.onList("fine", e -> json(e, 200, list("a")));
      server.onList("silent", e -> server.neverAnswer());
      server.onList("waiting", e -> json(e, 200, list("a")));
      var collection = new AtomicReference<Collection>();
      var progress =
          new Progress() {
            @Override
            public void started(ItemId id) {
              if (id.toString().endsWith("silent")) {
                collection.get().cancel("Ctrl-C");
              }
            }
          };

      var summary = run(server, QUICK.withConcurrency(1), progress, collection);

      assertThat(summary.interrupted()).isEqualTo("Ctrl-C");
      assertThat(item(summary, "fine").outcome()).isEqualTo(Outcome.OK);
      assertThat(item(summary, "silent").outcome()).isEqualTo(Outcome.TIMEOUT);
      assertThat(item(summary, "waiting").outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(text(Layout.COLLECTION).lines()).hasSize(summary.items().size());
      var tar = new ProcessBuilder("tar", "tzf", archive().toString()).start();
      assertThat(tar.inputReader().lines()).contains("run/" + Layout.COLLECTION);
      assertThat(tar.waitFor()).isZero();
    }
  }

  @Test
  void listsGoOnAfterAnExpiredToken() throws IOException {
    try (var server = new TestServer("things")) {
      server.onList(
          "things",
          e -> {
            var query = String.valueOf(e.getRequestURI().getQuery());
            if (query.contains("continue=old")) {
              json(e, 410, "{\"message\":\"expired\"}");
            } else if (query.contains("continue=")) {
              throw new IOException("an unknown token: " + query);
            } else {
              var names = IntStream.range(0, 5).mapToObj(i -> "t" + i).toArray(String[]::new);
              var again = e.getHttpContext().getAttributes().put("again", true) != null;
              json(
                  e,
                  200,
                  again
                      ? list(names)
                      : list("t0", "t1")
                          .replace("\"metadata\":{},", "\"metadata\":{\"continue\":\"old\"},"));
            }
          });

      var summary = run(server, QUICK, Progress.none());

      assertThat(item(summary, "things").outcome()).isEqualTo(Outcome.OK);
      assertThat(item(summary, "things").count()).isEqualTo(5);
      assertThat(text(Layout.list("c", "ns", "test.io", "things")).split("name: t", -1)).hasSize(6);
    }
  }

  @Test
  void anArchiveThatCannotBeWrittenEndsTheRun() throws IOException {
    try (var server = new TestServer("fine")) {
      server.onList("fine", e -> json(e, 200, list("a")));
      Redaction full =
          (path, out) ->
              new java.io.OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  throw new IOException("No space left on device");
                }
              };
      try (var archive =
          ArchiveWriter.create(archive(), "run", ArchiveFormat.TAR_GZ, Instant.EPOCH, full)) {
        var targets = List.of(new ClusterTarget("c", "ctx", server.config()));
        var collection = new Collection(targets, QUICK, archive, Progress.none());

        org.assertj.core.api.Assertions.assertThatThrownBy(collection::run)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("No space left on device")
            .hasMessageContaining("--output-dir");
      }
    }
  }

  private Path archive() {
    return folder.resolve("run.tar.gz");
  }

  private CollectionSummary run(TestServer server, CollectionOptions options, Progress progress)
      throws IOException {
    return run(server, options, progress, new AtomicReference<>());
  }

  private CollectionSummary run(
      TestServer server,
      CollectionOptions options,
      Progress progress,
      AtomicReference<Collection> running)
      throws IOException {
    try (var archive =
        ArchiveWriter.create(
            archive(), "run", ArchiveFormat.TAR_GZ, Instant.EPOCH, Redaction.none())) {
      var targets = List.of(new ClusterTarget("c", "ctx", server.config()));
      running.set(new Collection(targets, options, archive, progress));
      return running.get().run();
    }
  }

  private String text(String path) throws IOException {
    try (var reader = ArchiveReader.open(archive());
        var in = reader.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static CollectedItem item(CollectionSummary summary, String plural) {
    return summary.items().stream()
        .filter(i -> i.id().equals("c/resources/test.io/" + plural))
        .findFirst()
        .orElseThrow(() -> new AssertionError(plural + " is not in " + summary.items()));
  }
}
