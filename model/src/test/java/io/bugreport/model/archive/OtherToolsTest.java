package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every tar opens our archives: they are two gzip members for each entry, and one at the end.
final class OtherToolsTest {
  private static final Map<String, byte[]> CONTENT =
      Map.of(
          "empty",
          new byte[0],
          "block",
          Archives.noise(512),
          "large",
          Archives.noise(700_001),
          "clusters/c1/" + ("folder".repeat(9) + "/").repeat(6) + "name.yaml",
          Archives.noise(99),
          "größe/日本",
          Archives.noise(1000));

  @TempDir Path folder;
  private Path archive = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void write() throws IOException {
    // GNU tar reads non-ASCII names as bytes, so the test's own locale has no part in it.
    archive = Archives.tarGz(folder, CONTENT);
    out = Files.createDirectory(folder.resolve("out"));
  }

  @Test
  void gnuTarExtractsIt() throws IOException, InterruptedException {
    assumeTrue(says("GNU tar", "tar", "--version"), "no GNU tar on this machine");
    run("tar", "-xzf", archive.toString(), "-C", out.toString());
    assertExtracted();
  }

  @Test
  void bsdtarExtractsIt() throws IOException, InterruptedException {
    assumeTrue(says("bsdtar", "bsdtar", "--version"), "no bsdtar on this machine");
    run("bsdtar", "-xzf", archive.toString(), "-C", out.toString());
    assertExtracted();
  }

  @Test
  void pythonExtractsIt() throws IOException, InterruptedException {
    assumeTrue(says("Python 3", "python3", "--version"), "no Python 3 on this machine");
    run(
        "python3",
        "-c",
        "import sys, tarfile\nwith tarfile.open(sys.argv[1]) as t: t.extractall(sys.argv[2])",
        archive.toString(),
        out.toString());
    assertExtracted();
  }

  /// 7-Zip unpacks the compression alone first.
  @Test
  void sevenZipExtractsIt() throws IOException, InterruptedException {
    assumeTrue(says("7-Zip", "7zz"), "no 7zz on this machine: apt-get install 7zip");
    output("7zz", "x", "-y", "-o" + folder, archive.toString());
    output("7zz", "x", "-y", "-o" + out, folder.resolve("archive.tar").toString());
    assertExtracted();
  }

  @Test
  void gzipFindsEveryChecksumRight() throws IOException, InterruptedException {
    assumeTrue(says("gzip", "gzip", "--version"), "no gzip on this machine");
    run("gzip", "-t", archive.toString());
  }

  @Test
  void tarListsWhatWeListAfterACut() throws IOException, InterruptedException {
    assumeTrue(says("GNU tar", "tar", "--version"), "no GNU tar on this machine");
    var bytes = Files.readAllBytes(archive);
    var cut = folder.resolve("cut.tar.gz");
    for (var length = bytes.length - 1; length > 1000; length -= bytes.length / 12) {
      Files.write(cut, java.util.Arrays.copyOf(bytes, length));
      var listed =
          output("tar", "-tzf", cut.toString()).lines().filter(OtherToolsTest::isEntry).count();
      if (listed <= 1) {
        continue; // cut inside the first entry
      }
      var seen = Archives.read(cut).keySet();
      // tar lists the entry that it stumbles over as well, so ours are those before it.
      assertThat(listed).isBetween((long) seen.size(), seen.size() + 1L);
    }
  }

  private static boolean isEntry(String line) {
    return line.startsWith(Archives.ROOT + "/");
  }

  private void assertExtracted() throws IOException {
    Map<String, byte[]> extracted = new HashMap<>();
    var root = out.resolve(Archives.ROOT);
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        extracted.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    assertThat(extracted.remove(Layout.INDEX)).as("the index").isNotEmpty();
    assertThat(extracted).containsExactlyInAnyOrderEntriesOf(CONTENT);
  }

  private static boolean says(String expected, String... command)
      throws IOException, InterruptedException {
    try {
      return output(command).contains(expected);
    } catch (IOException _) {
      return false; // it is not installed
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = started(command);
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEmpty();
  }

  private static String output(String... command) throws IOException, InterruptedException {
    var process = started(command);
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static Process started(String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }
}
