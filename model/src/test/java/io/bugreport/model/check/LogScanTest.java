package io.bugreport.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogScanTest {
  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    LogScan.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (line, number) -> lines.add(number + ":" + line));
    return lines;
  }

  @Test
  void countsLinesFromOneAndKeepsTheLastWithoutItsEnd() throws IOException {
    assertThat(lines("a\n\nb")).containsExactly("1:a", "2:", "3:b");
  }

  @Test
  void holdsNoMoreThanTheBeginningOfALongLine() throws IOException {
    var lines = lines("x".repeat(300_000) + "\nshort\n");

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().length()).isLessThan(20_000);
    assertThat(lines.getLast()).isEqualTo("2:short");
  }
}
