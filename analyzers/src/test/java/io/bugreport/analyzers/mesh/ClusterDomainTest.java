package io.bugreport.analyzers.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterDomainTest {
  private final ClusterDomain domain = new ClusterDomain("mesh.example");

  @Test
  void onlyANameWithoutDotsBelongsToTheNamespace() {
    assertThat(domain.qualified("reviews", "shop")).isEqualTo("reviews.shop.svc.mesh.example");
    assertThat(domain.qualified("reviews.shop", "blog")).isEqualTo("reviews.shop");
    assertThat(domain.qualified("*", "shop")).isEqualTo("*");
  }

  @Test
  void isTheUsualOneWhereNothingElseIsSaid() throws IOException {
    assertThat(ClusterDomain.of(List.of()).name()).isEqualTo("cluster.local");
  }
}
