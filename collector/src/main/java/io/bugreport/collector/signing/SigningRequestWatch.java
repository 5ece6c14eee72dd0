package io.bugreport.collector.signing;

import io.bugreport.collector.api.ApiResponse;
import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.KeptFile;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.collector.engine.Stop;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.ItemId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `csr-watch.jsonl`: what happened to certificate signing requests while the run went on. istiod
/// deletes its own within a minute, so a list is empty even where every signing fails.
///
/// Each line is a Kubernetes watch event, `{"type":"ADDED","object":{…}}`; requests that were there
/// at the beginning come first, as added.
public final class SigningRequestWatch {
  private static final String PATH =
      "/apis/certificates.k8s.io/v1/certificatesigningrequests?watch=true";
  private static final long LARGEST = 64L << 20;

  private final ApiServer api;
  private final Evidence evidence;
  private final Stop stop;
  private final String path;
  private final Item item;
  private final Duration longest;
  private final long began = System.nanoTime();
  private final AtomicReference<@Nullable ApiResponse> open = new AtomicReference<>();
  private volatile boolean ended;
  private @Nullable Thread thread;

  /// Plans the watch.
  ///
  /// @param longest how long it may last
  public SigningRequestWatch(
      String cluster,
      ApiServer api,
      Ledger ledger,
      Evidence evidence,
      Stop stop,
      Duration longest) {
    this.api = api;
    this.evidence = evidence;
    this.stop = stop;
    this.longest = longest;
    this.path = Layout.cluster(cluster) + "csr-watch.jsonl";
    this.item = ledger.plan(ItemId.single(cluster, "csr-watch"), path);
  }

  /// The item, for when the watch cannot be.
  public Item item() {
    return item;
  }

  /// Begins to watch, on a thread of its own.
  public void start() {
    thread = Thread.ofVirtual().name("csr-watch").start(this::watch);
  }

  private void watch() {
    var events = new LineCount();
    try (var response =
            api.getRetrying(PATH, "application/json", item, Deadline.in(longest, stop));
        var file = new KeptFile(evidence, path)) {
      open.set(response);
      if (ended) {
        closeResponse();
      }
      var copied = file.add(response.body(), LARGEST, events);
      // We end it ourselves: that its body breaks off then is what is meant to happen.
      item.finish(
          ended || copied.failure() == null
              ? Result.list(file.bytes(), events.lines)
              : Result.part(
                  response.code(),
                  file.bytes(),
                  events.lines,
                  "the watch broke off: " + copied.failure().getMessage()));
    } catch (IOException e) {
      item.finish(ended ? Result.list(0, 0) : Failures.nothing(e));
    }
  }

  /// Ends the watch, not before it has lasted some time.
  public void finish(Duration atLeast) throws IOException {
    var running = thread;
    if (running == null) {
      return;
    }
    try {
      var left = atLeast.minusNanos(System.nanoTime() - began);
      while (left.isPositive() && !stop.isStopped() && running.isAlive()) {
        running.join(left.compareTo(Duration.ofMillis(200)) > 0 ? Duration.ofMillis(200) : left);
        left = atLeast.minusNanos(System.nanoTime() - began);
      }
      ended = true;
      closeResponse();
      var _ = running.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while watching certificate signing requests", e);
    }
  }

  private void closeResponse() {
    var response = open.get();
    if (response != null) {
      response.close();
    }
  }

  /// Counts lines while they pass.
  private static final class LineCount extends OutputStream {
    private long lines;

    @Override
    public void write(int b) {
      if (b == '\n') {
        lines++;
      }
    }
  }
}
