package io.bugreport.collector.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real `sshd` on loopback with keys of its own, whose logins end on a [TestMachine]; and the
/// client's configuration, in which it is the host `vm`. What goes over the connection is recorded.
final class SshServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Path folder;
  private final Process server;

  SshServer(Path work, TestMachine machine) throws IOException, InterruptedException {
    folder = Files.createDirectories(work.resolve("ssh"));
    TestMachine.installed("ssh");
    var sshd = TestMachine.installed("sshd");
    key("host");
    key("user");
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
    var login = folder.resolve("login");
    Files.writeString(
        login,
        "#!/bin/sh\n"
            + String.join(" ", machine.command("/bin/sh"))
            + " 2>'%1$s/errors' | tee '%1$s/output'\ncat '%1$s/errors' >&2\n".formatted(folder));
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwx------"));
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        ListenAddress 127.0.0.1:%2$d
        HostKey %1$s/host
        AuthorizedKeysFile %1$s/authorized
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        ForceCommand %1$s/login
        """
            .formatted(folder, port));
    Files.writeString(
        folder.resolve("known"),
        "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
    Files.writeString(
        folder.resolve("config"),
        """
        Host vm
          HostName 127.0.0.1
          Port %2$d
          User %3$s
          IdentityFile %1$s/user
          IdentitiesOnly yes
          UserKnownHostsFile %1$s/known
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
        """
            .formatted(folder, port, System.getProperty("user.name")));
    if (System.getProperty("user.name").equals("root")) {
      // sshd that was started by root wants it; the package's service makes it.
      Files.createDirectories(Path.of("/run/sshd"));
    }
    server =
        new ProcessBuilder(
                sshd.toString(), "-D", "-e", "-f", folder.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitPort(port);
  }

  private void key(String name) throws IOException, InterruptedException {
    var made =
        new ProcessBuilder(
                TestMachine.installed("ssh-keygen").toString(),
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve(name).toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
  }

  private void awaitPort(int port) throws IOException, InterruptedException {
    var end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      if (server.waitFor(50, TimeUnit.MILLISECONDS)) {
        break;
      }
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        // Not yet.
      }
    }
    server.destroyForcibly();
    Assumptions.abort("sshd does not start here: " + Files.readString(folder.resolve("log")));
  }

  /// The client's way to it, as the user's ssh configuration has it.
  Shell shell() {
    return SshHost.parse("ssh://vm").shell(folder.resolve("config"), false);
  }

  /// Makes its host key unknown to the client.
  void forget() throws IOException {
    Files.writeString(folder.resolve("known"), "");
  }

  /// Lets nobody in any more.
  void allowNobody() throws IOException {
    Files.writeString(folder.resolve("authorized"), "");
  }

  /// All that a login sent back.
  String crossed() throws IOException {
    var text = new StringBuilder();
    for (var file : List.of("output", "errors")) {
      if (Files.exists(folder.resolve(file))) {
        text.append(Files.readString(folder.resolve(file)));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly();
  }
}
