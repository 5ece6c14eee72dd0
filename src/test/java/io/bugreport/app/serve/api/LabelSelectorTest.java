package io.bugreport.app.serve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''              | true",
        "app=cart        | true",
        "app==cart       | true",
        "app!=cart       | false",
        "other!=x        | true",
        "app in (a,cart) | true",
        "app in (a,b)    | false",
        "app notin (a)   | true",
        "other notin (a) | true",
        "app             | true",
        "!app            | false",
        "! other         | true",
        "weight>9        | true",
        "weight<9        | false",
        "app,weight      | true",
        "app=cart,other  | false",
        "app in (x,cart),weight in (10) | true"
      })
  void matchesAsKubernetesDoes(String selector, boolean matches) throws ApiError {
    var object =
        JsonText.MAPPER.readTree(
            "{\"metadata\":{\"labels\":{\"app\":\"cart\",\"weight\":\"10\"}}}");
    assertThat(LabelSelector.parse(selector).matches(object)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app in cart", "=x", "a=b=c", "a>b", "a in (b", "(", "a b"})
  void refusesWhatIsNone(String selector) {
    assertThatThrownBy(() -> LabelSelector.parse(selector)).isInstanceOf(ApiError.class);
  }

  @Property(tries = 300)
  void readsAnyTextOrRefusesIt(@ForAll String text) {
    try {
      assertThat(LabelSelector.parse(text)).isNotNull();
    } catch (ApiError e) {
      assertThat(e.code()).isEqualTo(400);
    }
  }
}
