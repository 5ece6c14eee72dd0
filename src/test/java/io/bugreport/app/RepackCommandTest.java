package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.SnapshotJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `repack` makes archives smaller than a limit, and says what it left out.
final class RepackCommandTest {
  private static final int LOGS = 40;
  private static final int LOG_BYTES = 20_000;

  @TempDir Path folder;

  private static String log(int pod) {
    return Layout.log("west", "shop", "cart-" + pod, "cart", Layout.Run.CURRENT);
  }

  private static Path archive(Path folder) throws IOException {
    var target = folder.resolve("big.tar.gz");
    List<String> items = new ArrayList<>();
    try (var writer =
        ArchiveWriter.create(
            target, "big", ArchiveFormat.TAR_GZ, WriterToKill.STARTED, Redaction.none())) {
      for (var pod = 0; pod < LOGS; pod++) {
        var noise = new byte[LOG_BYTES];
        new Random(pod).nextBytes(noise);
        writer.write(log(pod), noise);
        var id = ItemId.log("west", "shop", "cart-" + pod, "cart", Layout.Run.CURRENT);
        items.add(
            SnapshotJson.line(
                new CollectedItem(
                    id.toString(), "logs", log(pod), Outcome.OK, 200, 1, 0, 1, 1, null, null)));
      }
      var services = Layout.list("west", "shop", "", "services");
      writer.write(services, "apiVersion: v1\nkind: ServiceList\nitems: []\n");
      items.add(
          SnapshotJson.line(
              new CollectedItem(
                  ItemId.resources("west", "", "services").toString(),
                  "resources",
                  Layout.list("west", "*", "", "services").replace("%2A", "*"),
                  Outcome.OK,
                  200,
                  1,
                  0,
                  1,
                  1,
                  null,
                  null)));
      writer.write(Layout.COLLECTION, String.join("\n", items) + "\n");
    }
    return target;
  }

  @Property(tries = 12)
  void whatComesOutIsNeverLargerThanAskedFor(
      @ForAll @IntRange(min = 150_000, max = 1_000_000) int limit) throws IOException {
    var folder = Files.createTempDirectory("repack-test");
    try {
      var cli = new CommandLineTester(folder);
      var big = archive(folder);
      for (var ending : List.of(".tar.gz", ".tar.zst")) {
        var small = folder.resolve("small" + ending);
        assertThat(
                cli.run("repack", big.toString(), "--max-size", limit + "", "-o", small.toString()))
            .succeeded();
        Assertions.assertThat(Files.size(small)).isLessThanOrEqualTo(limit);
        assertThat(cli.run("verify", small.toString())).succeeded();
        try (var snapshot = Snapshot.open(small, CommandLineTester.NOW)) {
          var logs =
              snapshot.archive().paths().stream().filter(path -> path.endsWith(".log")).count();
          var gaps = snapshot.items().stream().filter(item -> item.outcome().isGap()).toList();
          Assertions.assertThat(gaps).hasSize((int) (LOGS - logs));
          var leftOut = snapshot.manifest().leftOut();
          Assertions.assertThat(leftOut == null ? 0 : leftOut.files()).isEqualTo(LOGS - logs);
          if (limit < 700_000) {
            Assertions.assertThat(logs).as("kept of %d bytes", limit).isBetween(1L, LOGS - 1L);
          }
        }
      }
    } finally {
      new PrivateFolder(folder).close();
    }
  }

  @Test
  void whatIsLeftOutIsSaidWhereReadersLook() throws IOException {
    var cli = new CommandLineTester(folder);
    var small = folder.resolve("small.tar.gz");
    assertThat(
            cli.run(
                "repack", archive(folder).toString(), "--max-size", "300k", "-o", small.toString()))
        .succeeded()
        .outContains(small.toString())
        .errContains("were left out so that this archive has at most 300000 bytes", "of logs");
    try (var reader = ArchiveReader.open(small)) {
      Assertions.assertThat(reader.paths())
          .contains(Layout.list("west", "shop", "", "services"), Layout.REPORT);
      try (var in = reader.open(Layout.REPORT)) {
        Assertions.assertThat(
                new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .contains("left out so that this archive has at most 300000 bytes");
      }
    }
  }

  @Test
  void partsAreOpenedByTheirFirst() throws IOException {
    var cli = new CommandLineTester(folder);
    var out = folder.resolve("p.tar.gz");
    assertThat(cli.run("repack", archive(folder).toString(), "--split", "300k", "-o", "" + out))
        .succeeded()
        .outContains("p.tar.gz.001", "p.tar.gz.003");
    assertThat(cli.run("verify", out + ".001")).succeeded();
    Files.delete(folder.resolve("p.tar.gz.002"));
    assertThat(cli.run("analyze", out + ".001"))
        .endedWith(ExitCode.USAGE)
        .errContains("p.tar.gz.002 is missing");
  }

  @Test
  void whatIsTooSmallForTheReportIsRefused() throws IOException {
    var cli = new CommandLineTester(folder);
    var small = folder.resolve("small.tar.gz");
    assertThat(cli.run("repack", archive(folder).toString(), "--max-size", "1k", "-o", "" + small))
        .endedWith(ExitCode.USAGE)
        .errContains("more than --max-size allows");
    Assertions.assertThat(small).doesNotExist();
  }

  @Test
  void flagsThatDoNotGoTogetherAreRefused() throws IOException {
    var cli = new CommandLineTester(folder);
    var big = archive(folder).toString();
    assertThat(cli.run("repack", big, "-o", "d", "--format", "dir", "--max-size", "1M"))
        .endedWith(ExitCode.USAGE)
        .errContains("for archives that are one file");
    assertThat(cli.run("repack", big, "-o", "d", "--encrypt-to", "nobody"))
        .endedWith(ExitCode.USAGE)
        .errContains("is no recipient");
    assertThat(cli.run("repack", big, "-o", big))
        .endedWith(ExitCode.USAGE)
        .errContains("is there already");
  }
}
