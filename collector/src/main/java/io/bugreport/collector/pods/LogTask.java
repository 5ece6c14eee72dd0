package io.bugreport.collector.pods;

import io.bugreport.collector.api.ApiException;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.EvidenceException;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.KeptFile;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.rights.Rights;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Collects one log of a container, with the time of each line. See [LogWindow] for what is cut.
public final class LogTask implements Task {
  private static final String RESOURCE = "pods/log";

  /// With less than this left for all logs, another one would be a few torn lines.
  private static final long WORTHWHILE = 1 << 10;

  private final LogSetting setting;
  private final Pod pod;
  private final Container container;
  private final Run run;
  private final Item item;

  private LogTask(LogSetting setting, Pod pod, Container container, Run run) {
    this.setting = setting;
    this.pod = pod;
    this.container = container;
    this.run = run;
    this.item =
        setting
            .ledger()
            .plan(
                ItemId.log(setting.cluster(), pod.namespace(), pod.name(), container.name(), run),
                path());
  }

  /// Plans the logs of a pod: the current one of every container, and the previous one of those
  /// that were restarted. A container that never ran has none, which is said without asking.
  public static List<Task> of(LogSetting setting, Pod pod) {
    List<Task> tasks = new ArrayList<>();
    for (var container : pod.containers()) {
      for (var run : container.restarts() > 0 ? Run.values() : new Run[] {Run.CURRENT}) {
        var task = new LogTask(setting, pod, container, run);
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
    return Layout.log(setting.cluster(), pod.namespace(), pod.name(), container.name(), run);
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
        + (setting.window().since() == null ? "" : "&sinceTime=" + setting.window().since());
  }

  @Override
  public String node() {
    return pod.node();
  }

  @Override
  public void settle() {
    if (setting.rights().forbids("get", "", RESOURCE, pod.namespace())) {
      item.finish(Rights.missing("get", "", RESOURCE, pod.namespace()));
    }
  }

  @Override
  public void run() throws IOException {
    settle();
    if (item.isDone()) {
      return;
    }
    var limit = Math.min(setting.window().bytes(), setting.left().get());
    if (limit < Math.min(WORTHWHILE, setting.window().bytes())) {
      item.finish(
          Result.nothing(
              Outcome.SKIPPED,
              0,
              "all logs together have reached "
                  + setting.window().totalBytes()
                  + " bytes (--log-total)"));
      return;
    }
    var head = LogWindow.head(limit);
    var tail = setting.window().tail();
    // One more than is kept, to know that there is more.
    var first = request() + (tail == 0 ? "" : "&tailLines=" + tail) + "&limitBytes=" + (head + 1);
    try (var response = setting.api().getFromNode(first, "*/*", item, setting.deadline().get())) {
      keep(windowed(response.body()), response.code(), head, limit - head);
    } catch (ApiException e) {
      item.finish(failure(e));
    }
  }

  private InputStream windowed(InputStream body) {
    var until = setting.window().until();
    return until == null ? body : new TimedLines(body, null, until);
  }

  private void keep(InputStream body, int code, long head, long end) throws IOException {
    var lines = new LineTimes();
    try (var file = new KeptFile(setting.evidence(), path())) {
      var copied = file.add(body, head, lines);
      if (copied.cut()) {
        newest(file, lines, head, end);
        item.finish(
            Result.part(
                code,
                file.bytes(),
                0,
                "longer than "
                    + head
                    + " bytes (--log-bytes): its beginning and its newest end are kept"));
      } else {
        item.finish(copied.result(code, ""));
      }
      setting.left().addAndGet(-file.bytes());
    }
  }

  /// Adds the newest end of a log whose beginning is kept: as many lines as fit even if they are a
  /// third longer than those at the beginning. Where it cannot be had the beginning stays.
  private void newest(KeptFile file, LineTimes lines, long head, long end) throws IOException {
    var count = end * Math.max(1, lines.lines()) * 3 / 4 / head;
    if (setting.window().until() != null || count == 0) {
      return;
    }
    var path = request() + "&tailLines=" + count + "&limitBytes=" + end;
    try (var response = setting.api().get(path, "*/*", setting.deadline().get());
        var after = new TimedLines(response.body(), lines.last().orElse(null), null)) {
      file.add(
          "\n[bug-report: too long to be kept whole; its newest end follows]\n"
              .getBytes(StandardCharsets.UTF_8));
      var _ = file.add(after, end, OutputStream.nullOutputStream());
    } catch (EvidenceException e) {
      throw e;
    } catch (IOException e) {
      file.add(
          ("\n[bug-report could not read the newest end of this log: " + Failures.words(e) + "]\n")
              .getBytes(StandardCharsets.UTF_8));
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
