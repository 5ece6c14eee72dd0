package io.bugreport.app.serve.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SpdyHeadersTest {

  @Test
  void usesTheDictionaryOfTheProtocol() {
    try (var headers = new SpdyHeaders()) {
      var block = headers.write(Map.of());
      // Two bytes of zlib header, then the Adler-32 of the dictionary that draft 3.1 prints.
      assertThat(ByteBuffer.wrap(block).getInt(2)).isEqualTo(0xe3c6a7c2);
    }
  }

  @Property(tries = 100)
  void readsWhatItWrote(
      @ForAll @Size(max = 20)
          Map<@AlphaChars @StringLength(min = 1, max = 20) String, String> values)
      throws IOException {
    var lower = new java.util.TreeMap<String, String>();
    values.forEach((name, value) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), value));
    lower
        .values()
        .removeIf(value -> !java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(value));
    try (var writer = new SpdyHeaders();
        var reader = new SpdyHeaders()) {
      for (var i = 0; i < 3; i++) {
        assertThat(reader.read(writer.write(lower))).isEqualTo(lower);
      }
    }
  }

  @Property(tries = 200)
  void refusesWhatIsNoBlock(@ForAll byte[] noise) throws IOException {
    try (var headers = new SpdyHeaders()) {
      var block = Arrays.copyOf(noise, noise.length + 1);
      assertThatThrownBy(() -> headers.read(block)).isInstanceOf(IOException.class);
    }
  }
}
