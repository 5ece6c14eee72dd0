package io.bugreport.app;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that writes an archive on several threads until it is killed, and says which entries
/// are finished.
final class WriterToKill {
  static final int ENTRIES = 300;
  static final Instant STARTED = Instant.parse("2026-11-24T07:12:00Z");

  private static final int THREADS = 4;

  private WriterToKill() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var next = new AtomicInteger();
    var done = new CountDownLatch(THREADS);
    try (var writer =
        ArchiveWriter.create(
            Path.of(arguments[0]),
            "bug-report-killed",
            ArchiveFormat.TAR_GZ,
            STARTED,
            Redaction.none())) {
      for (var i = 0; i < THREADS; i++) {
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    // More than any test waits for: the end is always a kill.
                    for (var n = next.getAndIncrement();
                        n < 9 * ENTRIES;
                        n = next.getAndIncrement()) {
                      var path = path(n);
                      writer.write(path, content(path));
                      System.out.println(path);
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  } finally {
                    done.countDown();
                  }
                });
      }
      done.await();
    }
  }

  private static String path(int n) {
    return n % 3 == 0
        ? Layout.list("west", "ns-" + n, "", "services")
        : Layout.answer("west", "ns", "pod-" + n, "istio-proxy", "envoy/config_dump.json");
  }

  /// What the entry of a path holds: now small, now too large for memory.
  static byte[] content(String path) {
    if (path.endsWith("services.yaml")) {
      return """
          apiVersion: v1
          kind: ServiceList
          items:
            - metadata: {name: reviews, namespace: bookinfo}
          """
          .getBytes(StandardCharsets.UTF_8);
    }
    var random = new Random(path.hashCode());
    var noise = new byte[random.nextInt(400_000)];
    random.nextBytes(noise);
    return noise;
  }
}
