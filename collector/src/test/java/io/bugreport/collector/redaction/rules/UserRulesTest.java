package io.bugreport.collector.redaction.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.collector.redaction.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/// Rules of a user's own: what they replace, where, and what is said of those that cannot be used.
class UserRulesTest {
  private static final String LOG = "clusters/c/namespaces/n/pods/p/app/app/logs/current.log";
  private static final String MAPS = "clusters/c/namespaces/n/core/configmaps.yaml";

  private static UserRules.Read read(String yaml) throws IOException {
    return UserRules.read(
        "rules.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String redacted(String yaml, String path, String text) throws IOException {
    return redacted(yaml, path, text, text.length() + 1);
  }

  private static String redacted(String yaml, String path, String text, int chunk)
      throws IOException {
    var read = read(yaml);
    assertThat(read.problems()).isEmpty();
    var out = new ByteArrayOutputStream();
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    try (var stream = new Redactor(read.rules(), null).redact(path, out)) {
      for (var at = 0; at < bytes.length; at += chunk) {
        stream.write(bytes, at, Math.min(chunk, bytes.length - at));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPatternIsReplacedWhereFilesFit() throws IOException {
    var rules =
        """
        - name: employee
          files: ["**/*.log"]
          pattern: 'EMP-[0-9]{6}'
        """;

    assertThat(redacted(rules, LOG, "seen EMP-123456 and EMP-654321, grüße\n"))
        .isEqualTo("seen [redacted] and [redacted], grüße\n");
    assertThat(redacted(rules, MAPS, "seen EMP-123456\n")).isEqualTo("seen EMP-123456\n");
  }

  @Test
  void fieldsAreFoundInAllNotationsAndOnlyInTheirKinds() throws IOException {
    var rules =
        """
        - name: customer
          kinds: [ConfigMap]
          fields: [customer, owner.email]
        """;

    assertThat(
            redacted(
                rules,
                MAPS,
                """
                customer: Jane Doe
                x: '{"customer":"Jane","n":1} customer=jane&y=2'
                y: "{\\"customer\\": \\"Jane\\"}"
                owner.email: 'j@x.example'
                customers: 7
                """))
        .isEqualTo(
            """
            customer: [redacted]
            x: '{"customer":"[redacted]","n":1} customer=[redacted]&y=2'
            y: "{\\"customer\\": \\"[redacted]\\"}"
            owner.email: '[redacted]'
            customers: 7
            """);
    assertThat(redacted(rules, LOG, "customer=jane\n")).isEqualTo("customer=jane\n");
  }

  @Test
  void theSameValueHasTheSameHash() throws IOException {
    var lines =
        redacted("[{name: user, pattern: 'u[0-9]+', action: hash}]", LOG, "u1 u2 u1\n").strip();

    var hashes = List.of(lines.replace("[redacted: hash ", "").replace("]", "").split(" ", -1));
    assertThat(hashes).hasSize(3).allMatch(hash -> hash.matches("[0-9a-f]{12}"));
    assertThat(hashes.get(0)).isEqualTo(hashes.get(2)).isNotEqualTo(hashes.get(1));
  }

  @Test
  void aDroppedValueLeavesNothing() throws IOException {
    assertThat(redacted("[{name: d, pattern: ' took [0-9]+ms', action: drop}]", LOG, "x took 5ms."))
        .isEqualTo("x.");
  }

  @Property(tries = 60)
  void cutsOfTheStreamChangeNothing(
      @ForAll @AlphaChars @StringLength(max = 200) String text,
      @ForAll @IntRange(min = 1, max = 60) int chunk)
      throws IOException {
    var rules = "[{name: ab, pattern: '[ab]+'}]";

    assertThat(redacted(rules, LOG, text + "\nab" + text, chunk))
        .isEqualTo(redacted(rules, LOG, text + "\nab" + text));
  }

  @Test
  void whatRedactionPutThereStays() throws IOException {
    var rules = "[{name: words, pattern: '[a-z]+'}]";

    assertThat(redacted(rules, LOG, "PASSWORD=hunter22x\n")).isEqualTo("PASSWORD=[redacted]\n");
  }

  @Test
  void eachMistakeIsToldWithItsLine() throws IOException {
    var problems =
        read("""
                - name: Bad Name
                  pattern: x
                - name: regex
                  pattern: '[a-'
                - name: typo
                  patern: x
                - name: nothing
                - name: action
                  pattern: x
                  action: hide
                - name: empty
                  pattern: 'x*'
                """)
            .problems();

    assertThat(problems)
        .anyMatch(p -> p.startsWith("rules.yaml:1: name: small letters"))
        .anyMatch(p -> p.startsWith("rules.yaml:4: pattern: "))
        .anyMatch(p -> p.startsWith("rules.yaml:6: there is no field patern; is pattern meant?"))
        .anyMatch(p -> p.startsWith("rules.yaml:7: the rule needs a pattern or fields"))
        .anyMatch(p -> p.startsWith("rules.yaml:10: action: there are mask, drop and hash"))
        .anyMatch(p -> p.startsWith("rules.yaml:12: pattern: it fits nothing at all"));
  }

  @Test
  void patternsThatNeverEndAreRefused() throws IOException {
    List<String> accepted = new ArrayList<>();
    for (var pattern : List.of("(a+)+$", "(\\d+)*-", "([a-z]+ ?)+!", "(.*,){11}P")) {
      if (read("[{name: n, pattern: '" + pattern + "'}]").problems().stream()
          .noneMatch(p -> p.contains("time without end"))) {
        accepted.add(pattern);
      }
    }

    assertThat(accepted).isEmpty();
    assertThat(read("[{name: n, pattern: '[A-Z]{2}[0-9]{6,8}(-[0-9]+)?'}]").problems()).isEmpty();
  }
}
