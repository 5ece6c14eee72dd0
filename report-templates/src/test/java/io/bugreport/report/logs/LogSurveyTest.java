package io.bugreport.report.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bugreport.report.TinyMesh;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSurveyTest {
  private static final String LOG =
      "namespaces/n/pods/cart-7d8f9c5b6d-2xk4q/app/app/logs/current.log";

  @TempDir Path folder;

  private LogSurvey survey(String log) throws IOException {
    try (var snapshot = new TinyMesh(folder).with(LOG, log).open()) {
      return LogSurvey.of(snapshot);
    }
  }

  @Test
  void linesThatDifferInNumbersAndIdsAreOnePattern() throws IOException {
    var survey =
        survey(
            """
            2026-11-24T10:00:01.5Z error\tno answer from 10.0.0.1:9080 to 550e8400-e29b-41d4-a716-446655440000
            2026-11-24T10:00:09.5Z error\tno answer from 10.0.12.34:9080 to deadbeef-abcd-abcd-abcd-abcdefabcdef
            """);
    assertThat(survey.patterns())
        .extracting(
            LogPattern::writer,
            LogPattern::template,
            LogPattern::count,
            LogPattern::first,
            LogPattern::last)
        .containsExactly(
            tuple(
                "cart/app",
                "error\tno answer from #.#.#.#:# to *",
                2L,
                "2026-11-24T10:00:01",
                "2026-11-24T10:00:09"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error  the proxy fell over | ERROR",
        "warn  sds  failed with error: no answer | WARNING",
        "[critical][main] no configuration | ERROR",
        "E1124 07:12:04.1 1 reflector.go:1] failed | ERROR",
        "{\"level\":\"warn\",\"msg\":\"late\"} | WARNING",
        "time=x level=error msg=gone | ERROR",
        "\"GET /reviews/0 HTTP/1.1\" 503 UF | WARNING",
        "\"GET /errors HTTP/1.1\" 200 - | OTHER",
        "info  no error was seen | OTHER"
      })
  void theFirstWordOfALevelCounts(String line, Level level) {
    assertThat(Level.of(line)).isEqualTo(level);
  }

  @Test
  void errorsOfAMinuteAreABurst() throws IOException {
    var survey = survey("2026-11-24T10:00:01Z error\ta\n2026-11-24T10:00:59Z error\tb\n");
    assertThat(survey.bursts())
        .extracting(Burst::minute, Burst::errors)
        .containsExactly(tuple(Instant.parse("2026-11-24T10:00:00Z"), 2L));
  }

  @Test
  void aRejectedPushIsTold() throws IOException {
    assertThat(
            survey("2026-11-24T10:00:01Z warn\tdelta\tADS:LDS: ACK ERROR cart.n-7 Internal: x\n")
                .bursts())
        .extracting(Burst::pushes)
        .containsExactly(1L);
  }

  @Test
  void aLineWithoutAnEndIsCutAndNotKept() throws IOException {
    var survey = survey("error " + "x".repeat(200_000));
    assertThat(survey.patterns()).hasSize(1);
    assertThat(survey.patterns().getFirst().example()).hasSizeLessThanOrEqualTo(2048);
  }

  @Test
  void patternsAreBounded() throws IOException {
    var log = new StringBuilder();
    for (var i = 0; i < 5_000; i++) {
      log.append("error\t");
      for (var c : Integer.toString(i).toCharArray()) {
        log.append((char) (c - '0' + 'a'));
      }
      log.append('\n');
    }
    var survey = survey(log.toString());
    assertThat(survey.patterns()).hasSize(4_000);
    assertThat(survey.notes()).anyMatch(note -> note.startsWith("1000 lines of rare patterns"));
  }
}
