package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A `.tar.zst` is small where entries are alike, is opened by other tools, and keeps its beginning
/// in a cut.
final class TarZstTest {
  private static final int DUMPS = Integer.getInteger("dumps", 60);

  @TempDir Path folder;

  /// What proxies of one mesh say of themselves: the same but for names, addresses and some
  /// numbers.
  private static NavigableMap<String, byte[]> dumps() {
    var random = new Random(7);
    var text = new StringBuilder();
    for (var i = 0; i < 2500; i++) {
      text.append("{\"name\":\"outbound|").append(random.nextInt(65536)).append("||svc-");
      text.append(Long.toString(random.nextLong(), 36)).append(".ns.svc.cluster.local\",");
      text.append("\"address\":\"10.").append(random.nextInt(256)).append('.');
      text.append(random.nextInt(256)).append("\",\"type\":\"EDS\",\"connect_timeout\":\"10s\"}\n");
    }
    var entries = new TreeMap<String, byte[]>();
    for (var pod = 0; pod < DUMPS; pod++) {
      var own = new StringBuilder(text);
      for (var change = 0; change < 20; change++) {
        var number = Long.toString(random.nextLong(), 36);
        var at = random.nextInt(own.length() - number.length());
        own.replace(at, at + number.length(), number);
      }
      var path = Layout.answer("c", "ns", "pod-" + pod, "istio-proxy", "envoy/config_dump.json");
      entries.put(path, own.toString().getBytes(StandardCharsets.UTF_8));
      entries.put(
          Layout.answer("c", "ns", "pod-" + pod, "istio-proxy", "envoy/ready.txt"),
          "LIVE\n".getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }

  private Path zst(Map<String, byte[]> entries) throws IOException {
    return Archives.write(folder.resolve("a.tar.zst"), ArchiveFormat.TAR_ZST, entries);
  }

  @Test
  void nearlyEqualDumpsTakeATenth() throws IOException {
    var dumps = dumps();
    var gz = Files.size(Archives.tarGz(folder, dumps));
    var zst = Files.size(zst(dumps));
    System.out.printf(
        "%d dumps of %d bytes: %d bytes as .tar.gz, %d as .tar.zst (1:%.1f)%n",
        DUMPS, dumps.firstEntry().getValue().length, gz, zst, (double) gz / zst);
    assertThat(zst).as("bytes of .tar.zst where .tar.gz has %d", gz).isLessThan(gz / 10);
  }

  @Test
  void theDigestIsThatOfEveryOtherFormat() throws IOException {
    var entries = Map.of("a", Archives.noise(700), "b/c", new byte[0]);
    try (var gz = ArchiveReader.open(Archives.tarGz(folder, entries));
        var zst = ArchiveReader.open(zst(entries))) {
      assertThat(zst.index().orElseThrow().digest()).isEqualTo(gz.index().orElseThrow().digest());
      assertThat(Verification.of(zst).differences()).isEmpty();
    }
  }

  @Test
  void tarReadsIt() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/tar")), "no /bin/tar on this machine");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zstd")), "no /usr/bin/zstd on this machine");
    var file = zst(Map.of("x/y", Archives.noise(3000)));
    var tar =
        new ProcessBuilder("/bin/tar", "--zstd", "-xf", file.toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    assertThat(folder.resolve(Archives.ROOT + "/x/y")).hasBinaryContent(Archives.noise(3000));
  }

  @Test
  void aCutKeepsWhatCameBefore() throws IOException {
    var file =
        zst(Map.of("a", Archives.noise(400_000), "b", Archives.noise(500_000), "c", new byte[9]));
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, 700_000));
    try (var reader = ArchiveReader.open(file)) {
      assertThat(reader.isComplete()).isFalse();
      assertThat(reader.paths()).containsExactly("a");
      assertThat(reader.open("a")).hasBinaryContent(Archives.noise(400_000));
    }
  }

  @Test
  void aChangedByteIsNoticed() throws IOException {
    var file = zst(Map.of("a", Archives.noise(5000)));
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> ArchiveReader.open(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aBombIsRefusedWhileItIsInflated() throws IOException {
    var tar = new TarBytes().file("zeros", new byte[1 << 20]).end();
    var file = Files.write(folder.resolve("bomb.tar.zst"), Zstd.compress(tar));
    var limits = new ArchiveLimits(10, 1 << 30, 1 << 19, 10, 100);
    assertThatThrownBy(() -> ArchiveReader.open(file, limits))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("bomb");
  }

  @Test
  void namesThatLeadOutOfItAreRefused() throws IOException {
    var tar = new TarBytes().file("ok", new byte[3]).file("../a", new byte[3]).end();
    var file = Files.write(folder.resolve("out.tar.zst"), Zstd.compress(tar));
    assertThatThrownBy(() -> ArchiveReader.open(file))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("leave the archive");
  }

  @Test
  void aKilledRunLeavesWhatItGatheredAsATarGz() throws IOException {
    var writer = Archives.writer(folder.resolve("a.tar.zst"), ArchiveFormat.TAR_ZST);
    writer.write("done", "1");
    assertThat(Archives.read(folder.resolve("a.tar.zst.unfinished.tar.gz")))
        .containsOnlyKeys("done");
    writer.close();
    assertThat(folder.resolve("a.tar.zst.unfinished.tar.gz")).doesNotExist();
    assertThat(Archives.read(folder.resolve("a.tar.zst"))).containsOnlyKeys("done");
  }
}
