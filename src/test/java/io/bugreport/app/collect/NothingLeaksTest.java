package io.bugreport.app.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.app.Main;
import io.bugreport.app.serve.ReplayOptions;
import io.bugreport.app.serve.ReplayServer;
import io.bugreport.app.synthetic.Samples;
import io.bugreport.collector.CollectionOptions;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.leak.LeakScan;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole collection of a mesh that is full of secrets: none of them, as it is, escaped or in
/// base64, is in the archive, in any other file of the run, or on the terminal.
class NothingLeaksTest {
  private static final CheckCatalogue CHECKS =
      CheckCatalogue.load(NothingLeaksTest.class.getClassLoader());
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  @TempDir private Path folder;

  private final Random random = new Random(6);
  private final List<String> planted = new ArrayList<>();

  private String secret() {
    var secret =
        random
            .ints(24, 0, LETTERS.length())
            .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
            .collect(Collectors.joining("", "q", "7"));
    planted.add(secret);
    return secret;
  }

  /// With signs that JSON and URLs write in another way.
  private String special() {
    var plain = secret();
    var special = plain.substring(0, 12) + "/+" + plain.substring(12);
    planted.add(special);
    return special;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void plant(Path sample) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(sample)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (var file : files) {
      var name = file.getFileName().toString();
      if (name.equals("current.log")) {
        Files.writeString(file, lines(), StandardOpenOption.APPEND);
      } else if (name.equals("config_dump.json")) {
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{" + inDump()));
      } else if (name.equals("configmaps.yaml")) {
        var text = Files.readString(file);
        Files.writeString(
            file, text.replaceFirst("(?m)^( *)data:\\n", "$1data:\n" + inConfigMap("$1  ")));
      }
    }
  }

  private String lines() {
    return String.join(
        "\n",
        "2026-11-24T07:11:00.000000Z\tinfo\tdb password=" + secret() + " retries=3",
        "2026-11-24T07:11:00.000000Z\tinfo\tapplying obj=\"{\\\"kind\\\":\\\"Secret\\\",\\\"stringData\\\":{\\\"a\\\":\\\""
            + secret()
            + "\\\"}}\"",
        "[2026-11-24T07:11:00.000Z] \"GET /x?access_token=" + secret() + "&p=1 HTTP/1.1\" 200 -",
        "> Authorization: Basic " + base64("u:" + secret()),
        "> Cookie: a=b; session=" + secret(),
        "connecting to postgres://app:" + secret() + "@db:5432/shop",
        "GET /y?access_token=" + URLEncoder.encode(special(), StandardCharsets.UTF_8) + " 200",
        "sent {\"password\":\"" + special().replace("/", "\\/") + "\"}",
        "");
  }

  private String inDump() {
    return "\"generic_secret\":{\"secret\":{\"inline_string\":\""
        + secret()
        + "\"}},\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\""
        + secret()
        + "\"}],\"request_headers_to_add\":[{\"header\":{\"key\":\"x-api-key\",\"value\":\""
        + secret()
        + "\"}}],";
  }

  private String inConfigMap(String margin) {
    return margin
        + "app.properties: |\n"
        + margin
        + "  db.password="
        + secret()
        + "\n"
        + margin
        + "DB_TOKEN: "
        + secret()
        + "\n"
        + margin
        + "docker: "
        + base64("{\"auths\":{\"r\":{\"username\":\"u\",\"password\":\"" + secret() + "\"}}}")
        + "\n";
  }

  @Test
  void nothingOfThemIsLeftAnywhere() throws Exception {
    var sample = folder.resolve("sample");
    Samples.write("bookinfo-broken", sample);
    plant(sample);
    var plain = findings(sample);
    assertThat(planted).as("secrets planted").hasSizeGreaterThan(30);

    var work = Files.createDirectory(folder.resolve("work"));
    var result = collect(sample, work);

    assertThat(leaking(result.console())).as("secrets on the terminal").isEmpty();
    try (var archive = ArchiveReader.open(result.archive())) {
      for (var path : archive.paths()) {
        try (var in = archive.open(path)) {
          assertThat(leaking(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)))
              .as("secrets in %s", path)
              .isEmpty();
        }
        assertThat(leaking(path)).as("secrets in the name %s", path).isEmpty();
      }
      assertThat(new LeakScan().of(archive)).as("what the scan sees").isEmpty();
    }
    try (var snapshot = Snapshot.open(result.archive(), Instant.EPOCH)) {
      assertThat(snapshot.manifest().leaks()).as("leaks in the manifest").isEmpty();
    }
    assertThat(result.diagnosis().findings().stream().map(NothingLeaksTest::told))
        .as("findings from what was redacted")
        .containsExactlyInAnyOrderElementsOf(plain);
    assertNothingLeaksFrom(work);
  }

  /// The same as a process of its own: what it says on both streams, what it leaves in its
  /// temporary folder, and names of objects that are secrets themselves.
  @Test
  void aRunFromTheCommandLineShowsNothing() throws Exception {
    var sample = folder.resolve("sample");
    Samples.write("bookinfo-broken", sample);
    plant(sample);
    plantNames(sample);
    var work = Files.createDirectory(folder.resolve("work"));
    var temporary = Files.createDirectory(work.resolve("tmp"));
    try (var snapshot = Snapshot.open(sample, Instant.EPOCH);
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Djava.io.tmpdir=" + temporary,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "collect",
                  "--verbose",
                  "--kubeconfig",
                  server.kubeconfig().toString(),
                  "--output",
                  work.resolve("made.tar.gz").toString())
              .redirectOutput(work.resolve("stdout.txt").toFile())
              .redirectError(work.resolve("stderr.txt").toFile())
              .start();
      assertThat(process.waitFor())
          .as("exit code; it says: %s", Files.readString(work.resolve("stderr.txt")))
          .isZero();
    }

    try (var archive = ArchiveReader.open(work.resolve("made.tar.gz"))) {
      assertThat(archive.paths()).anyMatch(path -> path.contains("redacted-"));
      for (var path : archive.paths()) {
        assertThat(leaking(path)).as("secrets in a name").isEmpty();
        try (var in = archive.open(path)) {
          assertThat(leaking(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)))
              .as("secrets in %s", path)
              .isEmpty();
        }
      }
      try (var second = Snapshot.of(archive, Instant.EPOCH)) {
        assertThat(second.items())
            .as("items whose file is not in the archive under the name that the ledger gives")
            .filteredOn(item -> item.path() != null && !item.path().contains("*"))
            .isNotEmpty()
            .allMatch(item -> archive.has(String.valueOf(item.path())));
      }
    }
    assertNothingLeaksFrom(work);
  }

  /// A namespace that is called like a token.
  private void plantNames(Path sample) throws IOException {
    var token = "glp" + "at-" + secret().toLowerCase(Locale.ROOT) + "1";
    planted.add(token);
    List<Path> folders;
    try (var walk = Files.walk(sample)) {
      folders = walk.filter(path -> path.endsWith("core/namespaces")).toList();
    }
    for (var namespaces : folders) {
      Files.writeString(
          namespaces.resolve(token + ".yaml"),
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "
              + token
              + "\n  uid: 5f0c1f6e-0000-4000-8000-000000000001\n");
    }
  }

  private void assertNothingLeaksFrom(Path work) throws IOException {
    try (var left = Files.walk(work)) {
      for (var file : left.toList()) {
        assertThat(leaking(work.relativize(file).toString())).as("secrets in a name").isEmpty();
        if (Files.isRegularFile(file)) {
          assertThat(leaking(Files.readString(file, StandardCharsets.ISO_8859_1)))
              .as("secrets in %s", file)
              .isEmpty();
        }
      }
    }
  }

  private List<String> leaking(String text) {
    return planted.stream()
        .filter(secret -> text.contains(secret) || forms(secret).stream().anyMatch(text::contains))
        .toList();
  }

  /// A secret as JSON and URLs write it, and its base64 at each of three alignments, without what
  /// depends on its neighbours.
  private static List<String> forms(String secret) {
    var forms = new ArrayList<String>();
    forms.add(secret.replace("/", "\\/").replace("+", "\\u002b"));
    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    for (var lead = 0; lead < 3; lead++) {
      var encoded = base64("\0".repeat(lead) + secret);
      forms.add(encoded.substring(4, encoded.length() - 4));
    }
    return forms;
  }

  private static List<String> findings(Path sample) throws Exception {
    try (var snapshot = Snapshot.open(sample, Instant.EPOCH)) {
      return new CheckRunner(snapshot)
          .run(CHECKS).findings().stream().map(NothingLeaksTest::told).toList();
    }
  }

  private static String told(Finding finding) {
    return finding.code() + " " + finding.message();
  }

  private static Result collect(Path archive, Path work) throws Exception {
    try (var snapshot = Snapshot.open(archive, Instant.EPOCH);
        var server = ReplayServer.start(snapshot, ReplayOptions.standard())) {
      var request =
          new Pipeline.Request(
              new Contexts(server.kubeconfig()).all(),
              CollectionOptions.defaults(),
              work,
              ArchiveFormat.TAR_GZ,
              "test",
              List.of("collect"),
              false);
      var time = snapshot.manifest().finished();
      return new Pipeline(request, CHECKS, Progress.none(), () -> time).run();
    }
  }
}
