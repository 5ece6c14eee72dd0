package io.bugreport.app.serve;

import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bug-report serve`: runs until it is interrupted.
@Command(
    name = "serve",
    description = {
      "Replay an archive as Kubernetes API servers, one for each cluster in it.",
      "They listen on 127.0.0.1, want the token of their own kubeconfig file, and only read."
    },
    footer = {
      "",
      "Example:",
      "  bug-report serve bug-report-prod-20261124.tar.gz",
      "  export KUBECONFIG=/tmp/.../kubeconfig     (printed by serve)",
      "  kubectl get pods -A",
      "  istioctl proxy-status"
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "An archive or a folder in its layout.")
  @Nullable Path archive;

  @Mixin IdentityFlag identity = new IdentityFlag();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the first cluster; the others follow. Default: any free ones.")
  int port;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Where to write the kubeconfig, mode 0600; removed at the end.")
  @Nullable Path kubeconfig;

  @Option(
      names = "--request-log",
      paramLabel = "FILE",
      description = "Where to write one line for each request: time, method, path, status, bytes.")
  @Nullable Path requestLog;

  @Option(
      names = "--live",
      paramLabel = "NAMESPACE/POD:PORT=HOST:PORT",
      description = "Let something real answer behind a port of a pod. Repeatable.")
  List<String> live = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var commandLine = java.util.Objects.requireNonNull(spec, "set by picocli").commandLine();
    ReplayOptions options;
    try {
      options =
          new ReplayOptions(
              port,
              live.stream().map(LiveTarget::parse).toList(),
              Optional.ofNullable(kubeconfig),
              Optional.ofNullable(requestLog));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
    }
    var source = java.util.Objects.requireNonNull(archive, "required by picocli");
    var stopped = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    try (var snapshot = Snapshot.open(source, Instant.now(), identity.identities());
        var server = ReplayServer.start(snapshot, options)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stopped.countDown();
                    awaitQuietly(closed);
                  },
                  "serve-stop"));
      commandLine.getOut().println("export KUBECONFIG=" + quoted(server.kubeconfig()));
      commandLine.getOut().flush();
      var err = commandLine.getErr();
      server
          .ports()
          .forEach(
              (cluster, at) ->
                  err.println("context " + cluster + " is served at https://127.0.0.1:" + at));
      err.println("collected " + snapshot.collectedAt() + "; read-only; stop with Ctrl-C");
      err.flush();
      awaitQuietly(stopped);
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // asked to end: so it does
    }
  }

  /// As a shell reads it back.
  private static String quoted(Path file) {
    var text = file.toString();
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
