package io.bugreport.collector.machine;

import com.sun.net.httpserver.HttpServer;
import io.bugreport.collector.KeyPairOnDisk;
import io.bugreport.collector.pods.LogWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A machine as Istio's guide lays it out, below a folder of the test: its files, the commands that
/// it has, and an agent and an Envoy that answer over HTTP. Secrets are in it wherever people put
/// them.
final class TestMachine implements AutoCloseable {
  static final String HOST = "vm-1.example";

  /// What has to stay on the machine. Made of parts, so that no secret is in this source.
  static final String PASSWORD = "hunter" + "2-correct-horse";

  static final String BEARER = "opaque" + "0123456789abcdef";

  /// Whatever the script calls besides what it reports.
  private static final List<String> TOOLS =
      List.of(
          "sh", "cat", "head", "tail", "sed", "tr", "cut", "wc", "ls", "date", "base64", "openssl",
          "curl", "timeout", "true", "dirname");

  private final Path folder;
  private final HttpServer agent;
  private final HttpServer envoy;
  private final String token;
  private final KeyPairOnDisk pair;

  TestMachine(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
    this.folder = folder;
    this.pair = KeyPairOnDisk.make(folder, "vm", "RSA");
    this.token =
        part("{\"alg\":\"RS256\"}")
            + "."
            + part(
                "{\"aud\":[\"istio-ca\"],\"exp\":1795500000,\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:vms:legacy?>~\"}")
            + "."
            + part("the signature of the token, which makes it one");
    files();
    commands();
    agent = server(Map.of("/healthz/ready", "", "/debug/ndsz", "{\"table\":{}}"));
    envoy =
        server(
            Map.of(
                "/server_info", "{\"state\":\"LIVE\",\"version\":\"1.38\"}",
                "/certs", "{\"certificates\":[]}",
                "/config_dump",
                    "{\"configs\":[{\"password\":\"%s\",\"note\":\"a\\\"b\"}]}"
                        .formatted(PASSWORD)));
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// What nobody else may ever see.
  List<String> secrets() {
    List<String> secrets = new ArrayList<>(List.of(PASSWORD, BEARER, token));
    secrets.add(token.substring(token.lastIndexOf('.') + 1));
    pair.key().lines().filter(line -> line.length() == 76).forEach(secrets::add);
    return secrets;
  }

  private void files() throws IOException {
    write(
        "var/lib/istio/envoy/cluster.env",
        """
        CA_ADDR='istiod.istio-system.svc:15012'
        ISTIO_META_CLUSTER_ID='east'
        ISTIO_META_DNS_CAPTURE='true'
        ISTIO_META_NETWORK='vm-network'
        ISTIO_NAMESPACE='vms'
        ISTIO_SERVICE='legacy.vms'
        SERVICE_ACCOUNT='legacy'
        TRUST_DOMAIN='cluster.local'""");
    write(
        "var/lib/istio/envoy/sidecar.env",
        "ISTIO_AGENT_FLAGS='--x'\nDB_PASSWORD='" + PASSWORD + "'\n");
    write(
        "etc/istio/config/mesh",
        "defaultConfig:\n  discoveryAddress: istiod.istio-system.svc:15012\n  tracing:\n    password: "
            + PASSWORD
            + "\n");
    write("etc/hosts", "127.0.0.1 localhost\n10.0.0.7 istiod.istio-system.svc\n");
    write("etc/resolv.conf", "nameserver 10.0.0.53\n");
    write("etc/nsswitch.conf", "hosts: files dns\n");
    write("etc/os-release", "ID=debian\n");
    write("lib/systemd/system/istio.service", "[Service]\nRestart=always\n");
    write("etc/certs/root-cert.pem", pair.certificate());
    write("etc/certs/cert-chain.pem", pair.certificate() + pair.key());
    write("etc/certs/key.pem", pair.key());
    write("var/run/secrets/tokens/istio-token", token);
    write(
        "var/log/istio/istio.log",
        "2026-11-24T07:00:00Z info started\nAuthorization: Bearer "
            + BEARER
            + "\nhttps://admin:"
            + PASSWORD
            + "@repo.example/x\ntoken is "
            + token
            + "\n"
            + pair.key()
            + "end\n");
    write("var/log/istio/istio.err.log", "");
  }

  private void commands() throws IOException {
    Files.createDirectories(bin());
    for (var tool : TOOLS) {
      Files.createSymbolicLink(bin().resolve(tool), installed(tool));
    }
    says("hostname", HOST);
    says("id", "uid=998(istio-proxy)");
    says("uname", "Linux vm-1 6.1.0");
    for (var command :
        List.of(
            "pilot-agent",
            "envoy",
            "dpkg",
            "systemctl",
            "timedatectl",
            "resolvectl",
            "ps",
            "ss",
            "ip",
            "iptables-save",
            "ip6tables-save",
            "nft",
            "journalctl")) {
      says(command, "what " + command + " says; secret=" + PASSWORD);
    }
  }

  /// Where this machine has a tool.
  static Path installed(String tool) {
    for (var place : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin")) {
      if (Files.isExecutable(Path.of(place, tool))) {
        return Path.of(place, tool);
      }
    }
    Assumptions.abort("there is no " + tool + " on this machine");
    throw new IllegalStateException();
  }

  void says(String command, String text) throws IOException {
    does(command, "cat <<'END'\n" + text + "\nEND\n");
  }

  /// Makes a command of the machine do something else.
  void does(String command, String script) throws IOException {
    var file = bin().resolve(command);
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void lacks(String command) throws IOException {
    Files.delete(bin().resolve(command));
  }

  void write(String path, String content) throws IOException {
    var file = root().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static HttpServer server(Map<String, String> answers) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          var known = answers.get(path);
          var body = (known == null ? "no " + path : known).getBytes(StandardCharsets.UTF_8);
          var code = known != null ? 200 : path.equals("/ready") ? 503 : 404;
          exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  Path root() {
    return folder.resolve("root");
  }

  Path bin() {
    return folder.resolve("bin");
  }

  /// The options that point the script at this machine.
  List<String> options() {
    return List.of(
        "--root",
        root().toString(),
        "--agent-port",
        Integer.toString(agent.getAddress().getPort()),
        "--envoy-port",
        Integer.toString(envoy.getAddress().getPort()));
  }

  /// A shell on this machine that takes the script from its standard input.
  List<String> command(String... shell) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=" + bin()));
    command.addAll(List.of(shell));
    command.addAll(List.of("-s", "--"));
    command.addAll(options());
    return command;
  }

  /// What the script prints, errors included.
  String run(String... shell) throws IOException, InterruptedException {
    return run(command(shell));
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var to = process.getOutputStream()) {
      to.write(MachineScript.text(LogWindow.defaults()).getBytes(StandardCharsets.UTF_8));
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the script does not end");
    }
    return said;
  }

  @Override
  public void close() {
    agent.stop(0);
    envoy.stop(0);
  }
}
