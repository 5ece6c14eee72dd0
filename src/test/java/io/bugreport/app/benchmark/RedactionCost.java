package io.bugreport.app.benchmark;

import io.bugreport.collector.leak.LeakWatch;
import io.bugreport.collector.redaction.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What redaction and the scan for leaks cost of a collection: the CPU time that the files of the
/// mesh take on their way through both, on one thread, in a virtual machine that starts cold as a
/// collection does.
final class RedactionCost {
  private static final int WRITE = 8192;

  private RedactionCost() {}

  static Duration of(Path mesh) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(mesh)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    var gate = new LeakWatch(new Redactor());
    var nanos = 0L;
    for (var file : files) {
      var content = Files.readAllBytes(file);
      var path = mesh.relativize(file).toString();
      var started = cpu();
      try (var out = gate.redact(gate.name(path), OutputStream.nullOutputStream())) {
        for (var at = 0; at < content.length; at += WRITE) {
          out.write(content, at, Math.min(WRITE, content.length - at));
        }
      }
      nanos += cpu() - started;
    }
    return Duration.ofNanos(nanos);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
