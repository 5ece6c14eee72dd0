package io.bugreport.analyzers.gateway;

import io.bugreport.model.check.Observation;
import io.bugreport.model.resource.Resource;
import java.util.stream.Collectors;

/// The selector of a gateway, in messages.
final class GatewaySelector {
  private GatewaySelector() {}

  /// As in `istio=ingressgateway,app=edge`.
  static String text(Resource gateway) {
    return gateway.texts("spec.selector").entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /// A gateway that no pod serves.
  static Observation unmatched(Resource gateway) {
    var selector = gateway.field("spec.selector");
    var label = gateway.fields("spec.selector.*").stream().findFirst();
    return Observation.of(
            gateway,
            label.or(() -> selector).orElse(gateway.root()),
            "No pod has the labels %s of the gateway's selector, so nothing serves it."
                .formatted(text(gateway)))
        .code("IST0101");
  }
}
