package io.bugreport.collector.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.model.snapshot.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

/// What the script prints is read whole, and anything else is refused with words.
class MachineStreamTest {
  private static final String START = "bug-report-vm 1\n: host vm-1\n";

  /// What a stream brought, one line for each event.
  private static final class Recorder implements MachineStream.Listener {
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public void about(Map<String, String> about) {
      events.add("about " + about);
    }

    @Override
    public void begins(String path, long limit) {
      events.add("begins " + path + " " + limit);
      content.reset();
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
      content.write(bytes, offset, length);
    }

    @Override
    public void ends(Outcome outcome, int code, String reason) {
      events.add(outcome.word() + " " + code + " " + reason);
      events.add(content.toString(StandardCharsets.UTF_8));
    }
  }

  private static List<String> read(String text) throws IOException {
    var recorder = new Recorder();
    new MachineStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), recorder)
        .read();
    return recorder.events;
  }

  @Test
  void filesComeWithTheirOutcomes() throws IOException {
    assertThat(
            read(
                START
                    + "# a remark\n: user root\n+ files/hosts 100\n|a\n||b\n|\n= ok 0\n"
                    + "+ agent/ready.txt 5\n|\n= failed 503 it said no\n. 2\n"))
        .containsExactly(
            "about {host=vm-1, user=root}",
            "begins files/hosts 100",
            "ok 0 ",
            "a\n|b\n",
            "begins agent/ready.txt 5",
            "failed 503 it said no",
            "");
  }

  @Test
  void aGreetingBeforeTheScriptIsPassedOver() throws IOException {
    assertThat(read("Welcome!\n\nLast login: yesterday\n" + START + "+ a 0\n= empty 0\n. 1\n"))
        .contains("about {host=vm-1}");
  }

  @Property
  void anyTextComesBackAsItWas(@ForAll @CharRange(from = '\n', to = '~') String text)
      throws IOException {
    var framed = "|" + text.replace("\n", "\n|") + "\n";
    assertThat(read(START + "+ a 999\n" + framed + "= ok 0\n. 1\n")).last().isEqualTo(text);
  }

  @Property
  void noiseIsRefusedAndNothingElseHappens(
      @ForAll @CharRange(from = '\0', to = 'ÿ') String noise, @ForAll @AlphaChars String more) {
    for (var text : List.of(noise, START + noise, START + "+ a 9\n" + noise, START + "+" + more)) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(MachineFormatException.class);
    }
  }

  private static void isRefused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MachineFormatException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsRefusedIsSaid() {
    isRefused("", "it answered with nothing");
    isRefused(
        "This account is currently not available.\n",
        "it answered with something else than the script: \"This account is");
    isRefused("bug-report-vm 7\n", "another version of bug-report");
    isRefused("x\n".repeat(100_000), "something else");
    isRefused(START + "+ a 9\n|begun\n", "in the middle of a file");
    isRefused(START + "+ a 9\n= ok 0\n", "ended before the script did");
    isRefused(START + "+ a many\n", "where a number belongs");
    isRefused(START + "+ a 9\n= splendid 0\n", "no outcome");
    isRefused(START + "+ a 9\n=" + " ".repeat(5000) + "\n", "too long");
    isRefused(START + ": x y\n".repeat(50), "begins with ':'");
    isRefused(START + "+ a 9\n= ok 0\n".repeat(1) + "+ b 9\n= ok 0\n".repeat(2000), "is none");
  }
}
