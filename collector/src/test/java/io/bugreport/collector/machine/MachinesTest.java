package io.bugreport.collector.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.Collection;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.snapshot.CollectedItem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One machine, collected in each of the three ways, and machines that do not answer.
class MachinesTest {
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir Path folder;
  TestMachine machine;
  int runs;

  @BeforeEach
  void start() throws IOException, InterruptedException, GeneralSecurityException {
    machine = new TestMachine(folder);
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  /// What a collection left: its items by id, and its files by path.
  private record Collected(Map<String, CollectedItem> items, Map<String, String> files) {
    String reason(String id) {
      var item = items.get(id);
      assertThat(item).as("%s among %s", id, items.keySet()).isNotNull();
      return item.outcome().word() + ": " + item.reason();
    }

    /// The same without what depends on the time.
    List<String> withoutTimes() {
      List<String> all = new ArrayList<>();
      items.values().stream()
          .filter(item -> !item.id().endsWith(MachineFile.ABOUT.path()))
          .forEach(i -> all.add(i.id() + " " + i.outcome() + " " + i.bytes() + " " + i.reason()));
      files.forEach(
          (path, text) -> {
            if (path.startsWith("vms/") && !path.endsWith(MachineFile.ABOUT.path())) {
              all.add(path + "\n" + text);
            }
          });
      return all;
    }
  }

  private Collected collect(Duration timeout, MachineSource... sources) throws IOException {
    var target = folder.resolve("run-" + runs++ + ".tar.gz");
    try (var writer =
        ArchiveWriter.create(target, "run", ArchiveFormat.TAR_GZ, Instant.EPOCH, new Redactor())) {
      var summary =
          new Collection(
                  List.of(),
                  new Machines(List.of(sources), timeout),
                  CollectionOptions.defaults(),
                  writer,
                  Progress.none())
              .run();
      var items = new TreeMap<String, CollectedItem>();
      summary.items().forEach(item -> items.put(item.id(), item));
      var files = new TreeMap<String, String>();
      try (var reader = writer.written()) {
        for (var path : reader.paths()) {
          files.put(path, text(reader, path));
        }
      }
      return new Collected(items, files);
    }
  }

  private static String text(ArchiveReader reader, String path) throws IOException {
    try (var in = reader.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Shell local() {
    return new Shell("local", machine.command("/bin/sh"), false);
  }

  private SavedOutput saved() throws IOException, InterruptedException {
    var file = folder.resolve("vm.txt");
    Files.writeString(file, machine.run("/bin/sh"));
    return new SavedOutput(file);
  }

  @Test
  void thisMachineAndAFileGiveTheSame() throws Exception {
    assertThat(collect(SHORT.multipliedBy(20), local()).withoutTimes())
        .hasSizeGreaterThan(MachineFile.asked().size())
        .isEqualTo(collect(SHORT, saved()).withoutTimes());
  }

  @Test
  void sshGivesTheSame() throws Exception {
    try (var server = new SshServer(folder, machine)) {
      var over = collect(SHORT.multipliedBy(20), server.shell());
      assertThat(over.withoutTimes()).isEqualTo(collect(SHORT, saved()).withoutTimes());
      assertThat(server.crossed()).contains("bug-report-vm 1").doesNotContain(machine.secrets());
    }
  }

  @Test
  void noSecretIsInTheArchive() throws Exception {
    collect(SHORT, saved())
        .files()
        .forEach((path, text) -> assertThat(text).as(path).doesNotContain(machine.secrets()));
  }

  @Test
  void eachFileHasItsPlace() throws Exception {
    var files = collect(SHORT, saved()).files();
    assertThat(files.get(Layout.machineFile(TestMachine.HOST, "files/hosts")))
        .isEqualTo("127.0.0.1 localhost\n10.0.0.7 istiod.istio-system.svc\n");
    assertThat(files.get(Layout.machineFile(TestMachine.HOST, "agent/ndsz.json")))
        .isEqualTo("{\"table\":{}}");
    assertThat(files.get(Layout.machineFile(TestMachine.HOST, "files/cluster.env")))
        .as("without a line feed at its end, as on the machine")
        .endsWith("TRUST_DOMAIN='cluster.local'");
    assertThat(files.get(Layout.COLLECTION)).contains("\"id\":\"vm-1.example/vm/files/hosts\"");
  }

  @Test
  void aCompressedFileIsReadToo() throws Exception {
    var file = folder.resolve("vm.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(machine.run("/bin/sh").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(collect(SHORT, new SavedOutput(file)).withoutTimes())
        .isEqualTo(collect(SHORT, saved()).withoutTimes());
  }

  @Test
  void twoMachinesOfOneNameAreTwo() throws Exception {
    assertThat(collect(SHORT, saved(), saved()).items())
        .containsKeys("vm-1.example/vm/files/hosts", "vm-1.example-2/vm/files/hosts");
  }

  @Test
  void whatCameBeforeACutIsKept() throws Exception {
    var whole = machine.run("/bin/sh");
    var file = folder.resolve("cut.txt");
    Files.writeString(file, whole.substring(0, whole.indexOf("|ID=debian") + 5));
    var cut = collect(SHORT, new SavedOutput(file));
    assertThat(cut.reason("vm-1.example/vm/files/hosts")).startsWith("ok");
    assertThat(cut.reason("vm-1.example/vm/files/os-release"))
        .isEqualTo("truncated: broke off before its end");
    assertThat(cut.reason("vm-1.example/vm/envoy/certs.json"))
        .isEqualTo("failed: it ended in the middle of a file");
  }

  @Test
  void aFileThatNobodyAskedForIsRefused() throws Exception {
    var file = folder.resolve("odd.txt");
    Files.writeString(file, "bug-report-vm 1\n: host x\n+ ../../etc/passwd 9\n|x\n= ok 0\n. 1\n");
    var odd = collect(SHORT, new SavedOutput(file));
    assertThat(odd.reason("x/vm/files/hosts")).contains("a file that nobody asked for");
    assertThat(odd.files().keySet()).allMatch(p -> p.startsWith("vms/x/") || Layout.isOurs(p));
  }

  @Test
  void anAbsentFileIsSaid() throws Exception {
    var absent = new SavedOutput(folder.resolve("absent.txt"));
    assertThat(collect(SHORT, absent).reason("absent.txt/vm/connection"))
        .startsWith("failed: there is no file ");
  }

  @Test
  void aMachineThatHangsEndsAtItsDeadline() throws Exception {
    var hangs = new Shell("slow", List.of("/bin/sh", "-c", "sleep 600"), false);
    var both = collect(SHORT, hangs, saved());
    assertThat(both.reason("slow/vm/connection"))
        .isEqualTo("timeout: no end within 3 s (--vm-timeout)");
    assertThat(both.reason("vm-1.example/vm/files/hosts")).startsWith("ok");
  }

  @Test
  void aShellThatRefusesIsQuoted() throws Exception {
    var refuses = new Shell("odd", List.of("/bin/sh", "-c", "echo no >&2; exit 3"), false);
    assertThat(collect(SHORT, refuses).reason("odd/vm/connection")).isEqualTo("failed: no");
    var silent = new Shell("odd", List.of("/bin/sh", "-c", "exit 3"), false);
    assertThat(collect(SHORT, silent).reason("odd/vm/connection"))
        .isEqualTo("failed: the shell ended with 3");
  }

  @Test
  void withoutAClientTheOtherWayIsNamed() throws Exception {
    var none = new Shell("far", List.of(folder.resolve("no-such-ssh").toString()), true);
    assertThat(collect(SHORT, none).reason("far/vm/connection"))
        .contains("no OpenSSH client (ssh) here", "--vm-archive");
  }

  /// A port that is no SSH server.
  private Collected ask(String greeting, boolean hangs) throws Exception {
    TestMachine.installed("ssh");
    // A socket that nobody holds is closed by the garbage collector, and hangs no longer.
    List<Socket> held = new CopyOnWriteArrayList<>();
    try (var port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (true) {
                    var peer = port.accept();
                    peer.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
                    peer.getOutputStream().flush();
                    if (hangs) {
                      held.add(peer);
                    } else {
                      peer.close();
                    }
                  }
                } catch (IOException _) {
                  // The test is over.
                }
              });
      var host = new SshHost("root", "127.0.0.1", port.getLocalPort());
      return collect(
          SHORT, host.shell(Files.writeString(folder.resolve("none"), ""), false), saved());
    } finally {
      for (var peer : held) {
        peer.close();
      }
    }
  }

  @Test
  void aPortThatClosesIsSaid() throws Exception {
    var closed = ask("", false);
    assertThat(closed.reason("127.0.0.1/vm/connection"))
        .startsWith("failed: ssh did not get to 127.0.0.1: ");
    assertThat(closed.reason("vm-1.example/vm/files/hosts")).startsWith("ok");
  }

  @Test
  void aPortThatIsAnotherServiceIsSaid() throws Exception {
    assertThat(ask("HTTP/1.1 400 Bad Request\r\n\r\n", false).reason("127.0.0.1/vm/connection"))
        .startsWith("failed: ssh did not get to 127.0.0.1: ");
  }

  @Test
  void aPortThatHangsEndsAtItsDeadline() throws Exception {
    var hangs = ask("", true);
    assertThat(hangs.reason("127.0.0.1/vm/connection"))
        .isEqualTo("timeout: no end within 3 s (--vm-timeout)");
    assertThat(hangs.reason("vm-1.example/vm/files/hosts")).startsWith("ok");
  }

  @Test
  void anUnknownHostKeyIsNotAccepted() throws Exception {
    try (var server = new SshServer(folder, machine)) {
      server.forget();
      assertThat(collect(SHORT.multipliedBy(20), server.shell()).reason("vm/vm/connection"))
          .startsWith("failed: the host key of vm is not known")
          .contains("connect once with ssh and check it");
      assertThat(server.crossed()).isEmpty();
    }
  }

  @Test
  void aKeyThatIsNotAllowedIsSaid() throws Exception {
    try (var server = new SshServer(folder, machine)) {
      server.allowNobody();
      assertThat(collect(SHORT.multipliedBy(20), server.shell()).reason("vm/vm/connection"))
          .startsWith("failed: vm does not let us in")
          .contains("ssh-add");
    }
  }
}
