package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// What holds for any bytes.
final class StreamPropertiesTest {
  private final List<Corpus.Planted> planted = new Corpus().planted();

  private byte[] mixture(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (var i = 0; i < 40; i++) {
      var p = planted.get(random.nextInt(planted.size()));
      text.append(p.content());
      var noise = new byte[random.nextInt(random.nextInt(10) == 0 ? 40_000 : 300)];
      random.nextBytes(noise);
      text.append(new String(noise, StandardCharsets.ISO_8859_1)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 60)
  void theCutsDoNotMatter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 70_000) int chunk) {
    for (var path : List.of(Redacted.LOG, Redacted.OBJECTS, Redacted.SECRETS)) {
      var content = mixture(seed);
      assertThat(Redacted.bytes(new Redactor(), path, content, chunk))
          .isEqualTo(Redacted.bytes(new Redactor(), path, content, Integer.MAX_VALUE));
    }
  }

  @Property(tries = 200)
  void otherBytesPass(@ForAll byte[] content) {
    assertThat(Redacted.bytes(new Redactor(), Redacted.LOG, content, 7)).isEqualTo(content);
  }

  @Property(tries = 20)
  void noiseOfAnyLengthPasses(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 300_000) int length) {
    var content = new byte[length];
    new Random(seed).nextBytes(content);
    assertThat(Redacted.bytes(new Redactor(), Redacted.LOG, content, 4096)).isEqualTo(content);
  }
}
