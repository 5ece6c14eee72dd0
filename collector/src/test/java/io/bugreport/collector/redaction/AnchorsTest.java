package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Skipping finds what the automaton finds by itself.
final class AnchorsTest {
  private static final List<List<String>> TRIGGERS =
      Rules.all().stream().map(Rule::triggers).toList();
  private static final String LETTERS = "aesStk\"d: _-nK\\";

  private final Anchors anchors = new Anchors(TRIGGERS);
  private final List<Corpus.Planted> planted = new Corpus().planted();

  /// A place where triggers end.
  private record Found(int at, List<Anchors.Hit> hits) {}

  private List<Found> byAutomaton(byte[] text) {
    var found = new ArrayList<Found>();
    var state = 0;
    for (var i = 0; i < text.length; i++) {
      state = anchors.step(state, text[i]);
      if (state < 0) {
        found.add(new Found(i + 1, List.of(anchors.hits(state))));
      }
    }
    return found;
  }

  /// In pieces, as when a stream's buffer moves on; what follows a piece is at hand.
  private List<Found> bySkipping(byte[] text, int piece) {
    var found = new ArrayList<Found>();
    var cursor = new Anchors.Cursor();
    var at = 0;
    while (at < text.length) {
      var stop = Math.min(text.length, (at / piece + 1) * piece);
      at = anchors.advance(cursor, text, at, stop, text.length);
      if (cursor.isHit()) {
        found.add(new Found(at, List.of(anchors.hits(cursor))));
      }
    }
    return found;
  }

  /// Halves of triggers, triggers, and letters that they are made of.
  private byte[] mixture(Random random) {
    var text = new StringBuilder();
    for (var i = 0; i < 60; i++) {
      var ofRule = TRIGGERS.get(random.nextInt(TRIGGERS.size()));
      var trigger = ofRule.get(random.nextInt(ofRule.size()));
      switch (random.nextInt(4)) {
        case 0 -> text.append(trigger);
        case 1 -> text.append(trigger, random.nextInt(trigger.length()), trigger.length());
        case 2 -> text.append(trigger, 0, random.nextInt(trigger.length()));
        default -> text.append(planted.get(random.nextInt(planted.size())).content());
      }
      for (var n = random.nextInt(9); n > 0; n--) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 300)
  void nothingIsSkippedThatTheAutomatonFinds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int piece) {
    var text = mixture(new Random(seed));
    assertThat(bySkipping(text, piece)).isEqualTo(byAutomaton(text));
  }

  @Property(tries = 300)
  void norInAnyBytes(@ForAll byte[] text, @ForAll @IntRange(min = 1, max = 9) int piece) {
    assertThat(bySkipping(text, piece)).isEqualTo(byAutomaton(text));
  }
}
