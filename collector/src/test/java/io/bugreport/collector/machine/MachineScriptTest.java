package io.bugreport.collector.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.pods.LogWindow;
import io.bugreport.model.machine.MachineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the script prints on a machine, with the shells and tools that machines have.
class MachineScriptTest {
  @TempDir Path folder;
  TestMachine machine;

  @BeforeEach
  void start() throws IOException, InterruptedException, GeneralSecurityException {
    machine = new TestMachine(folder);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  /// The last line of each file: what came of it.
  private static Map<String, String> outcomes(String output) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    var file = "";
    for (var line : output.lines().toList()) {
      if (line.startsWith("+ ")) {
        file = line.split(" ", -1)[1];
      } else if (line.startsWith("= ")) {
        outcomes.put(file, line.substring(2).strip());
      }
    }
    return outcomes;
  }

  private static String withoutTime(String output) {
    return output
        .lines()
        .filter(line -> !line.startsWith(": time"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    var script = folder.resolve("vm.sh");
    Files.writeString(script, MachineScript.text(LogWindow.defaults()));
    var process =
        new ProcessBuilder(
                TestMachine.installed("shellcheck").toString(), "-s", "sh", script.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itCollectsWhatTheListHas() throws Exception {
    assertThat(outcomes(machine.run("/bin/sh")).keySet())
        .as("the files of vm.sh and of MachineFile")
        .containsExactlyInAnyOrderElementsOf(MachineFile.asked());
  }

  @Test
  void aWholeMachineIsCollected() throws Exception {
    var gaps =
        outcomes(machine.run("/bin/sh")).entrySet().stream()
            .filter(e -> !e.getValue().startsWith("ok"))
            .filter(e -> !e.getValue().startsWith("notFound 404"))
            .map(Object::toString)
            .toList();
    assertThat(gaps)
        .containsExactly(
            "certificates/istio-root-cert.txt=notFound 0 there is no /var/run/secrets/istio/root-cert.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox"})
  void everyShellPrintsTheSame(String shell) throws Exception {
    var program = TestMachine.installed(shell).toString();
    var said = shell.equals("busybox") ? machine.run(program, "sh") : machine.run(program);
    assertThat(withoutTime(said)).isEqualTo(withoutTime(machine.run("/bin/sh")));
  }

  /// A tool, and the files that are lost without it.
  @ParameterizedTest
  @CsvSource({
    "openssl,certificates/root-cert.txt certificates/cert-chain.txt certificates/istio-root-cert.txt",
    "ss,commands/ports.txt",
    "iptables-save,commands/iptables.txt",
    "journalctl,logs/journal.log",
    "curl,agent/ envoy/",
    "timeout,''",
    "base64,''",
  })
  void aMissingToolLosesItsOwnFilesAlone(String tool, String lost) throws Exception {
    var before = outcomes(machine.run("/bin/sh"));
    machine.lacks(tool);
    var after = outcomes(machine.run("/bin/sh"));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (file, outcome) -> {
          if (isOneOf(file, lost)) {
            assertThat(outcome).as(file).startsWith("skipped 0 ").contains("installed");
          } else {
            assertThat(outcome).as(file).isEqualTo(before.get(file));
          }
        });
  }

  private static boolean isOneOf(String file, String beginnings) {
    return !beginnings.isEmpty()
        && List.of(beginnings.split(" ", -1)).stream().anyMatch(file::startsWith);
  }

  @Test
  void wgetDoesWhereThereIsNoCurl() throws Exception {
    var with = outcomes(machine.run("/bin/sh"));
    machine.lacks("curl");
    Files.createSymbolicLink(machine.bin().resolve("wget"), TestMachine.installed("wget"));
    assertThat(outcomes(machine.run("/bin/sh"))).isEqualTo(with);
  }

  @Test
  void noSecretLeavesTheMachine() throws Exception {
    assertThat(machine.run("/bin/sh")).doesNotContain(machine.secrets());
  }

  @Test
  void whatIsNoSecretStays() throws Exception {
    assertThat(machine.run("/bin/sh").lines())
        .contains(
            "|TRUST_DOMAIN='cluster.local'",
            "|DB_PASSWORD='[left out]'",
            "|Authorization: [left out] [left out]",
            "|https://admin:[left out]@repo.example/x",
            "|{\"configs\":[{\"password\":\"[left out]\",\"note\":\"a\\\"b\"}]}",
            "|end")
        .anyMatch(line -> line.contains("\"sub\":\"system:serviceaccount:vms:legacy?>~\""))
        .anyMatch(line -> line.startsWith("|notAfter="))
        .anyMatch(line -> line.startsWith("|subjectAltName=DNS:vm.example"));
  }

  @Test
  void anErrorStatusOfAReadinessProbeIsAnAnswer() throws Exception {
    assertThat(outcomes(machine.run("/bin/sh"))).containsEntry("envoy/ready.txt", "ok 503");
  }

  @Test
  void nobodyListens() throws Exception {
    machine.close();
    assertThat(outcomes(machine.run("/bin/sh")).get("envoy/certs.json"))
        .startsWith("failed 0 nothing listens on port");
  }

  @Test
  void aCommandThatHangsIsEnded() throws Exception {
    machine.does("nft", "sleep 600\n");
    machine.does(
        "timeout",
        "[ \"$2\" = true ] && exit 0\n[ \"$2\" != nft ] || exit 124\nshift\nexec \"$@\"\n");
    assertThat(outcomes(machine.run("/bin/sh")))
        .containsEntry("commands/nft.txt", "timeout 0 it did not end within 20 seconds")
        .containsEntry("logs/istio.log", "ok 0");
  }

  @Test
  void aFileThatMayNotBeReadIsForbidden() throws Exception {
    var setpriv = TestMachine.installed("setpriv").toString();
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can become someone else");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        machine.root().resolve("var/run/secrets/tokens"),
        PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(
        machine.root().resolve("var/lib/istio/envoy/cluster.env"),
        PosixFilePermissions.fromString("rw-------"));
    machine.does(
        "iptables-save",
        "echo 'iptables-save: Permission denied (you must be root)' >&2; exit 4\n");
    machine.says("id", "nobody");
    List<String> command =
        new ArrayList<>(List.of(setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"));
    command.addAll(machine.command("/bin/sh"));
    assertThat(outcomes(TestMachine.run(command)))
        .containsEntry(
            "files/cluster.env",
            "forbidden 0 /var/lib/istio/envoy/cluster.env may not be read by nobody")
        .containsEntry(
            "certificates/token-claims.json",
            "forbidden 0 nobody may not see whether there is /var/run/secrets/tokens/istio-token")
        .hasEntrySatisfying(
            "commands/iptables.txt",
            said -> assertThat(said).startsWith("forbidden 0 not as nobody"))
        .containsEntry("files/hosts", "ok 0");
  }

  @Test
  void theNewestEndOfALongLogIsKept() throws Exception {
    machine.write("var/log/istio/istio.log", "old\n".repeat(100) + "newest\n");
    var command = new ArrayList<>(machine.command("/bin/sh"));
    command.addAll(List.of("--log-bytes", "20"));
    var said = TestMachine.run(command);
    assertThat(outcomes(said).get("logs/istio.log"))
        .isEqualTo("truncated 0 longer than 20 bytes (--log-bytes): its newest end is kept");
    assertThat(said).contains("|newest\n").contains("+ logs/istio.log 20\n");
  }

  @Test
  void aTokenThatIsNoneIsNotDecoded() throws Exception {
    machine.write("var/run/secrets/tokens/istio-token", TestMachine.BEARER);
    var said = machine.run("/bin/sh");
    assertThat(outcomes(said).get("certificates/token-claims.json"))
        .isEqualTo("failed 0 it ended with 1: it is no token with claims (JWT)");
    assertThat(said).doesNotContain(TestMachine.BEARER);
  }

  @Test
  void itWritesNothing() throws Exception {
    var before = tree();
    machine.run("/bin/sh");
    assertThat(tree()).isEqualTo(before);
  }

  private List<String> tree() throws IOException {
    try (var files = Files.walk(folder)) {
      return files.sorted().map(Path::toString).toList();
    }
  }

  @Test
  void windowAndLimitAreInTheText() {
    var text =
        MachineScript.text(
            LogWindow.defaults().bytes(1000).since(Instant.ofEpochSecond(1_795_000_000)));
    assertThat(text).contains("\nsince=1795000000\n").contains("\nlog_bytes=1000\n");
  }
}
