package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.app.synthetic.Samples;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the rules of redaction take for harmless and the detectors of the scan do not.
class CollectLeakTest {
  private static final String VALUE = "Zk8qW2pLx7" + "Rt4Vn9sB3c";

  @TempDir private Path folder;

  private CommandResult collect(String... flags) throws Exception {
    var sample = folder.resolve("sample");
    Samples.write("bookinfo", sample);
    try (var walk = Files.walk(sample)) {
      var log = walk.filter(f -> f.endsWith("current.log")).sorted().findFirst().orElseThrow();
      Files.writeString(
          log,
          "2026-11-24T07:11:00.000000Z\tinfo\tpublic_token=" + VALUE + "\n",
          StandardOpenOption.APPEND);
    }
    try (var snapshot = Snapshot.open(sample, Instant.EPOCH);
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      var arguments = new ArrayList<>(List.of("collect", "--output"));
      arguments.add(folder.resolve("made.tar.gz").toString());
      arguments.add("--kubeconfig=" + server.kubeconfig());
      arguments.addAll(List.of(flags));
      return new CommandLineTester(folder).run(arguments.toArray(new String[0]));
    }
  }

  private String entry(String path) throws IOException {
    try (var archive = ArchiveReader.open(folder.resolve("made.tar.gz"));
        var in = archive.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void isSaidEverywhereAndEndsTheRunWithACodeOfItsOwn() throws Exception {
    CommandResultAssert.assertThat(collect())
        .endedWith(ExitCode.LEAK)
        .errContains(
            "current.log:", ": value beside a telling name", "do not attach it", "--allow-leaks")
        .outContains("may still be a secret");
    assertThat(entry(Layout.MANIFEST)).contains("\"leaks\"", "value beside a telling name");
    assertThat(entry(Layout.REPORT)).contains("1 place in this archive may still be a secret");
    assertThat(entry(Layout.TICKET)).contains("1 place in this archive may still be a secret");
  }

  @Test
  void mayBeAllowed() throws Exception {
    CommandResultAssert.assertThat(collect("--allow-leaks", "--quiet"))
        .succeeded()
        .errContains("do not attach it");
  }
}
