package io.bugreport.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bugreport.model.seal.Identities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An encrypted archive is read in place by who has the key, opened by `age`, and lies nowhere in
/// plain text.
final class SealedArchiveTest {
  private static final String WORD = "plain-text-of-the-archive";

  @TempDir Path folder;

  private static Path write(Path folder, Keys keys, Map<String, byte[]> content)
      throws IOException {
    var target = folder.resolve("a.tar.gz.age");
    try (var writer =
        ArchiveWriter.create(
            target,
            Archives.ROOT,
            ArchiveFormat.TAR_GZ,
            Archives.TIME,
            Redaction.none(),
            keys.recipients())) {
      for (var entry : content.entrySet()) {
        writer.write(entry.getKey(), entry.getValue());
        try (var so = writer.written();
            var in = so.open(entry.getKey())) {
          assertThat(in.readAllBytes()).as("while it is written").isEqualTo(entry.getValue());
        }
      }
    }
    return target;
  }

  private static ArchiveReader open(Path file, Keys keys) throws IOException {
    return ArchiveReader.open(file, ArchiveLimits.standard(), keys.identities());
  }

  @Property(tries = 25)
  void whatIsWrittenIsReadAgain(
      @ForAll List<@IntRange(max = 200_000) Integer> sizes, @ForAll @IntRange(max = 3) int extra)
      throws IOException, GeneralSecurityException {
    var folder = Archives.temporaryFolder();
    try {
      Map<String, byte[]> content = new HashMap<>(Map.of("first", new byte[extra]));
      for (var size : sizes.subList(0, Math.min(6, sizes.size()))) {
        content.put("file-" + size, Archives.noise(size));
      }
      var keys = Keys.make(folder);
      try (var reader = open(write(folder, keys, content), keys)) {
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.isSealed()).isTrue();
        assertThat(Archives.read(reader)).containsExactlyInAnyOrderEntriesOf(content);
        assertThat(Verification.of(reader).differences()).isEmpty();
      }
    } finally {
      Archives.delete(folder);
    }
  }

  @Test
  void ageOpensIt() throws IOException, GeneralSecurityException, InterruptedException {
    assumeTrue(Keys.isThere("age"), "age is not installed on this machine");
    var keys = Keys.make(folder);
    var sealed = write(folder, keys, Map.of("a", Archives.noise(300_000), "b", new byte[9]));
    var plain = folder.resolve("plain.tar.gz");
    assertThat(
            Keys.run(
                new byte[0],
                "age",
                "-d",
                "-i",
                keys.identity().toString(),
                "-o",
                plain.toString(),
                sealed.toString()))
        .isEqualTo("exit 0");
    assertThat(Archives.read(plain)).containsOnlyKeys("a", "b");
  }

  @Test
  void whatAgeEncryptedIsOpened()
      throws IOException, GeneralSecurityException, InterruptedException {
    assumeTrue(Keys.isThere("age"), "age is not installed on this machine");
    var keys = Keys.make(folder);
    var plain = Archives.tarGz(folder, Map.of("a", Archives.noise(300_000)));
    var sealed = folder.resolve("b.age");
    assertThat(
            Keys.run(
                new byte[0],
                "age",
                "-r",
                keys.recipient(),
                "-o",
                sealed.toString(),
                plain.toString()))
        .isEqualTo("exit 0");
    try (var reader = open(sealed, keys)) {
      assertThat(Verification.of(reader).differences()).isEmpty();
    }
  }

  @Test
  void withoutTheKeyItIsAClearError() throws IOException, GeneralSecurityException {
    var sealed = write(folder, Keys.make(folder), Map.of("a", new byte[9]));
    assertThatThrownBy(() -> ArchiveReader.open(sealed))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("it is encrypted; name the key that opens it: --identity");
    var other = Keys.make(folder);
    assertThatThrownBy(() -> open(sealed, other))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("encrypted to others than these identities");
  }

  @Test
  void nothingOfItReachesTheDiskInPlainText() throws IOException, GeneralSecurityException {
    var keys = Keys.make(folder);
    var target = folder.resolve("c.tar.gz.age");
    // Noise compresses to itself, so that the word would show in a file of what is held aside.
    var large = Archives.noise(3_000_000);
    System.arraycopy(WORD.getBytes(StandardCharsets.UTF_8), 0, large, 1_000, WORD.length());
    try (var writer =
        ArchiveWriter.create(
            target,
            Archives.ROOT,
            ArchiveFormat.TAR_GZ,
            Archives.TIME,
            Redaction.none(),
            keys.recipients())) {
      var entry = writer.open("large");
      entry.write(large);
      assertThat(files(folder)).as("files while an entry is held aside").hasSizeGreaterThan(2);
      assertNoPlainText(large);
      entry.close();
      assertNoPlainText(large);
    }
    assertNoPlainText(large);
    try (var reader = open(target, keys)) {
      assertThat(Archives.read(reader)).containsEntry("large", large);
    }
  }

  /// No file holds 16 bytes of the content, wherever they are.
  private void assertNoPlainText(byte[] content) throws IOException {
    var piece = new String(content, 1_000, 16, StandardCharsets.ISO_8859_1);
    for (var file : files(folder)) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as("%s", file)
          .doesNotContain(piece, Archives.ROOT);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void formatsThatWouldLieInPlainTextAreRefused() throws IOException, GeneralSecurityException {
    var recipients = Keys.make(folder).recipients();
    for (var format : List.of(ArchiveFormat.TAR_ZST, ArchiveFormat.DIRECTORY)) {
      assertThatThrownBy(
              () ->
                  ArchiveWriter.create(
                      folder.resolve("d"),
                      Archives.ROOT,
                      format,
                      Archives.TIME,
                      Redaction.none(),
                      recipients))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("--format tar.gz");
    }
  }

  @Test
  void anotherKindOfFileInsideIsNotUnpacked() throws IOException, GeneralSecurityException {
    var keys = Keys.make(folder);
    for (var content :
        List.of(TarBytes.gzip(new TarBytes().file("a", new byte[9]).end()), zipStart())) {
      var sealed = folder.resolve("e.age");
      try (var out = keys.recipients().seal(Files.newOutputStream(sealed))) {
        out.write(content);
      }
      assertThatThrownBy(() -> open(sealed, keys))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("age -d");
    }
  }

  private static byte[] zipStart() {
    return new byte[] {'P', 'K', 3, 4, 0, 0};
  }

  @Test
  void aCutKeepsWhatCameBefore() throws IOException, GeneralSecurityException {
    var keys = Keys.make(folder);
    var target = folder.resolve("a.tar.gz.age");
    try (var writer =
        ArchiveWriter.create(
            target,
            Archives.ROOT,
            ArchiveFormat.TAR_GZ,
            Archives.TIME,
            Redaction.none(),
            keys.recipients())) {
      writer.write("a", Archives.noise(100_000));
      writer.write("b", Archives.noise(300_000));
    }
    var bytes = Files.readAllBytes(target);
    Files.write(target, Arrays.copyOf(bytes, 250_000));
    try (var reader = open(target, keys)) {
      assertThat(reader.isComplete()).isFalse();
      assertThat(Archives.read(reader)).containsOnlyKeys("a");
    }
  }

  @Property(tries = 40)
  void aChangedByteIsNoticed(@ForAll @IntRange(max = 1_000_000) int where)
      throws IOException, GeneralSecurityException {
    var folder = Archives.temporaryFolder();
    try {
      var keys = Keys.make(folder);
      var target = write(folder, keys, Map.of("a", Archives.noise(150_000)));
      var bytes = Files.readAllBytes(target);
      bytes[where % bytes.length] ^= 1;
      Files.write(target, bytes);
      var good = false;
      try (var reader = ArchiveReader.open(target, ArchiveLimits.standard(), keys.identities())) {
        good = Verification.of(reader).differences().isEmpty();
      } catch (IOException _) {
        good = false;
      }
      assertThat(good).as("byte %d of %d", where % bytes.length, bytes.length).isFalse();
    } finally {
      Archives.delete(folder);
    }
  }

  @Test
  void aKeyThatIsNoneIsAClearError() throws IOException {
    var file = Files.writeString(folder.resolve("k"), "no key\n");
    assertThatThrownBy(() -> Identities.read(file)).hasMessageContaining("no identity of age");
    assertThatThrownBy(() -> io.bugreport.model.seal.Recipients.of(List.of("age1nonsense")))
        .hasMessageContaining("is no recipient");
    assertThatThrownBy(() -> io.bugreport.model.seal.Recipients.of(List.of("nowhere")))
        .hasMessageContaining("no file of them");
  }
}
