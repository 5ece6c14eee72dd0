package io.bugreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.report.view.Link;
import io.bugreport.report.view.Visible;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VisibleTest {

  @Property
  void whatIsShownHidesNothingAndIsStable(@ForAll String text) {
    var shown = Visible.text(text);
    assertThat(shown.codePoints())
        .allMatch(c -> c == '\n' || c == '\t' || Character.getType(c) != Character.CONTROL)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    assertThat(Visible.text(shown)).isEqualTo(shown);
    assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(shown);
  }

  @Test
  void plainTextStaysAsItIs() {
    assertThat(Visible.text("größe 漢字 🙂\n\tx")).isEqualTo("größe 漢字 🙂\n\tx");
  }

  @Test
  void onlyWebAndPageLinksAreLinks() {
    assertThat(Link.parse("javascript:alert(1)")).isEmpty();
    assertThat(Link.parse("data:text/html,x")).isEmpty();
    assertThat(Link.parse(" javascript:x")).isEmpty();
    assertThat(Link.parse("#finding")).isPresent();
    assertThat(Link.parse("HTTPS://istio.io")).isPresent();
  }
}
