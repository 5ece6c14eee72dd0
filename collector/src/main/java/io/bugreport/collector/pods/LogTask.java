package io.bugreport.collector.pods;

import io.bugreport.collector.api.ApiException;
import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Copy;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Collects one log of a container, with the time of each line.
public final class LogTask implements Task {

  /// Which part of logs is wanted.
  ///
  /// @param since null for all
  /// @param tail lines from the end; 0 for all
  /// @param bytes at most this many of each log
  public record Window(@Nullable Instant since, int tail, long bytes) {

    private String query() {
      return (since == null ? "" : "&sinceTime=" + since) + (tail == 0 ? "" : "&tailLines=" + tail);
    }
  }

  private final String cluster;
  private final ApiServer api;
  private final Evidence evidence;
  private final Supplier<Deadline> deadline;
  private final Window window;
  private final Pod pod;
  private final Container container;
  private final Run run;
  private final Item item;

  private LogTask(
      String cluster,
      ApiServer api,
      Ledger ledger,
      Evidence evidence,
      Supplier<Deadline> deadline,
      Window window,
      Pod pod,
      Container container,
      Run run) {
    this.cluster = cluster;
    this.api = api;
    this.evidence = evidence;
    this.deadline = deadline;
    this.window = window;
    this.pod = pod;
    this.container = container;
    this.run = run;
    this.item =
        ledger.plan(
            ItemId.log(cluster, pod.namespace(), pod.name(), container.name(), run), path());
  }

  /// Plans the logs of a pod: the current one of every container, and the previous one of those
  /// that were restarted. A container that never ran has none, which is said without asking.
  public static List<Task> of(
      String cluster,
      ApiServer api,
      Ledger ledger,
      Evidence evidence,
      Supplier<Deadline> deadline,
      Window window,
      Pod pod) {
    List<Task> tasks = new ArrayList<>();
    for (var container : pod.containers()) {
      for (var run : container.restarts() > 0 ? Run.values() : new Run[] {Run.CURRENT}) {
        var task =
            new LogTask(cluster, api, ledger, evidence, deadline, window, pod, container, run);
        if (container.started()) {
          tasks.add(task);
        } else {
          task.item.finish(
              Result.nothing(
                  Outcome.NOT_FOUND, 0, "the container has not started: " + container.waiting()));
        }
      }
    }
    return tasks;
  }

  private String path() {
    return Layout.log(cluster, pod.namespace(), pod.name(), container.name(), run);
  }

  private String request() {
    return "/api/v1/namespaces/"
        + pod.namespace()
        + "/pods/"
        + pod.name()
        + "/log?container="
        + container.name()
        + "&timestamps=true"
        + (run == Run.PREVIOUS ? "&previous=true" : "")
        + window.query()
        // One more than is kept, to know that there is more.
        + "&limitBytes="
        + (window.bytes() + 1);
  }

  @Override
  public String node() {
    return pod.node();
  }

  @Override
  public void run() throws IOException {
    try (var response = api.getRetrying(request(), "*/*", item, deadline.get())) {
      item.finish(
          Copy.of(response.body(), evidence, path(), window.bytes())
              .result(
                  response.code(),
                  "cut at "
                      + window.bytes()
                      + " bytes: this is the beginning of it; choose a window with --since or"
                      + " --tail"));
    } catch (ApiException e) {
      item.finish(failure(e));
    }
  }

  /// The kubelet answers 400 where there is no such log (yet).
  private static Result failure(ApiException e) {
    var words = Failures.words(e);
    return e.code() == 400
            && (words.contains("waiting to start")
                || words.contains("previous terminated container")
                || words.contains("not have a host assigned")
                || words.contains("is terminated"))
        ? Result.nothing(Outcome.NOT_FOUND, e.code(), words)
        : Failures.nothing(e);
  }

  @Override
  public void fail(Exception failure) {
    item.finish(Failures.nothing(failure));
  }
}
