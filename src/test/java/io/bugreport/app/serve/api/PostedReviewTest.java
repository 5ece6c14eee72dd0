package io.bugreport.app.serve.api;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PostedReviewTest {
  @Property(tries = 500)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] noise) {
    var body = new byte[noise.length + 4];
    System.arraycopy(new byte[] {'k', '8', 's', 0}, 0, body, 0, 4);
    System.arraycopy(noise, 0, body, 4, noise.length);
    for (var bytes : new byte[][] {noise, body}) {
      try {
        assertThat(PostedReview.read("selfsubjectaccessreviews", bytes)).isNotNull();
      } catch (ApiError e) {
        assertThat(e.code()).isEqualTo(415);
      }
    }
  }
}
