package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.model.archive.Verification.Difference;
import io.bugreport.model.seal.SigningKey;
import io.bugreport.model.seal.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures are those of minisign and OpenSSH: their own tools verify them, and we verify theirs.
final class SignedChecksumsTest {
  @TempDir Path folder;

  /// A key pair of one of the two tools.
  private record Pair(Path secret, Path open) {}

  private Pair minisign() throws IOException, InterruptedException {
    assumeTrue(Keys.isThere("minisign"), "minisign is not installed on this machine");
    var pair = new Pair(folder.resolve("m.key"), folder.resolve("m.pub"));
    assertThat(
            Keys.run(
                new byte[0],
                "minisign",
                "-G",
                "-W",
                "-f",
                "-s",
                pair.secret.toString(),
                "-p",
                pair.open.toString()))
        .endsWith("exit 0");
    return pair;
  }

  private Pair ssh(String name, String passphrase) throws IOException, InterruptedException {
    assumeTrue(Keys.isThere("ssh-keygen"), "ssh-keygen is not installed on this machine");
    var pair = new Pair(folder.resolve(name), folder.resolve(name + ".pub"));
    assertThat(
            Keys.run(
                new byte[0],
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                passphrase,
                "-C",
                "a test",
                "-f",
                pair.secret.toString()))
        .endsWith("exit 0");
    return pair;
  }

  private Path signed(ArchiveFormat format, Pair pair) throws IOException {
    var target = folder.resolve("signed" + format.suffix());
    try (var writer = Archives.writer(target, format)) {
      writer.write("manifest.json", "{}\n");
      writer.write("clusters/c/größe", Archives.noise(5000));
      SignedChecksums.sign(writer, SigningKey.read(pair.secret), "a comment");
    }
    return target;
  }

  private static List<Difference> differences(Path archive, Path key) throws IOException {
    try (var reader = ArchiveReader.open(archive)) {
      return SignedChecksums.differences(reader, VerifyingKey.read(key));
    }
  }

  @Test
  void everyFormatIsSignedAndVerified() throws IOException, InterruptedException {
    for (var pair : List.of(minisign(), ssh("k", ""))) {
      for (var format : ArchiveFormat.values()) {
        var archive = signed(format, pair);
        assertThat(differences(archive, pair.open)).isEmpty();
        try (var reader = ArchiveReader.open(archive)) {
          assertThat(Verification.of(reader).differences()).isEmpty();
        }
        if (format == ArchiveFormat.DIRECTORY) {
          Archives.delete(archive);
        } else {
          Files.delete(archive);
        }
      }
    }
  }

  @Test
  void minisignVerifiesIt() throws IOException, InterruptedException {
    var pair = minisign();
    var sums = signed(ArchiveFormat.DIRECTORY, pair).resolve("SHA256SUMS");
    assertThat(
            Keys.run(
                new byte[0], "minisign", "-V", "-p", pair.open.toString(), "-m", sums.toString()))
        .contains("Signature and comment signature verified", "a comment")
        .endsWith("exit 0");
  }

  @Test
  void sshKeygenVerifiesIt() throws IOException, InterruptedException {
    var pair = ssh("k", "");
    var sums = signed(ArchiveFormat.DIRECTORY, pair).resolve("SHA256SUMS");
    var allowed =
        Files.writeString(
            folder.resolve("allowed"), "me@example.org " + Files.readString(pair.open));
    assertThat(
            Keys.run(
                Files.readAllBytes(sums),
                "ssh-keygen",
                "-Y",
                "verify",
                "-f",
                allowed.toString(),
                "-I",
                "me@example.org",
                "-n",
                "file",
                "-s",
                sums + ".sig"))
        .contains("Good \"file\" signature")
        .endsWith("exit 0");
    assertThat(differences(folder.resolve("signed"), allowed)).isEmpty();
  }

  @Test
  void whatSshKeygenSignedIsVerified() throws IOException, InterruptedException {
    var pair = ssh("k", "");
    var folder = signed(ArchiveFormat.DIRECTORY, pair);
    Files.delete(folder.resolve("SHA256SUMS.sig"));
    assertThat(
            Keys.run(
                new byte[0],
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-f",
                pair.secret.toString(),
                "-n",
                "file",
                folder.resolve("SHA256SUMS").toString()))
        .endsWith("exit 0");
    assertThat(differences(folder, pair.open)).isEmpty();
  }

  @Test
  void sha256sumChecksIt() throws IOException, InterruptedException {
    assumeTrue(Keys.isThere("sha256sum"), "sha256sum is not installed on this machine");
    var folder = signed(ArchiveFormat.DIRECTORY, ssh("k", ""));
    assertThat(Keys.run(new byte[0], "sh", "-c", "cd " + folder + " && sha256sum -c SHA256SUMS"))
        .endsWith("exit 0");
  }

  @Test
  void whatChangesAfterwardsIsTold() throws IOException, InterruptedException {
    var pair = ssh("k", "");
    var folder = signed(ArchiveFormat.DIRECTORY, pair);
    Files.writeString(folder.resolve("added"), "x");
    Files.writeString(folder.resolve("manifest.json"), "[]\n");
    assertThat(differences(folder, pair.open))
        .extracting(Difference::toString)
        .anyMatch(d -> d.contains("added") && d.contains("is not signed"))
        .anyMatch(d -> d.contains("manifest.json") && d.contains("is not what was signed"))
        .hasSize(2);
    Files.writeString(
        folder.resolve("SHA256SUMS"), Files.readString(folder.resolve("SHA256SUMS")) + "\n");
    assertThat(differences(folder, pair.open))
        .singleElement()
        .extracting(Difference::what)
        .asString()
        .contains("what was signed was changed");
  }

  @Test
  void anotherKeyDoesNotVerifyIt() throws IOException, InterruptedException {
    var folder = signed(ArchiveFormat.DIRECTORY, ssh("k", ""));
    assertThat(differences(folder, ssh("other", "").open))
        .singleElement()
        .extracting(Difference::what)
        .asString()
        .contains("of another key");
    assertThat(differences(folder, minisign().open))
        .singleElement()
        .extracting(Difference::what)
        .asString()
        .contains("has no SHA256SUMS.minisig");
  }

  @Test
  void aKeyWithAPassphraseIsAClearError() throws IOException, InterruptedException {
    var pair = ssh("locked", "secret phrase");
    assertThatThrownBy(() -> SigningKey.read(pair.secret)).hasMessageContaining("passphrase");
    var none = Files.writeString(folder.resolve("none"), "nothing\n");
    assertThatThrownBy(() -> SigningKey.read(none)).hasMessageContaining("cannot sign");
    assertThatThrownBy(() -> VerifyingKey.read(none)).hasMessageContaining("is no public Ed25519");
  }
}
