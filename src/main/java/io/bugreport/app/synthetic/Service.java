package io.bugreport.app.synthetic;

import java.util.List;
import java.util.Map;

/// A Kubernetes Service.
///
/// @param ip its cluster IP
/// @param selector labels of the pods behind it; empty where something else keeps its endpoints
record Service(
    String namespace, String name, String ip, Map<String, String> selector, List<Port> ports) {

  /// @param name `http…` for HTTP, anything else for TCP, as Istio reads it
  record Port(String name, int number, int target, String protocol) {
    boolean isHttp() {
      return name.startsWith("http");
    }

    boolean isTcp() {
      return protocol.equals("TCP");
    }
  }

  Service {
    selector = Map.copyOf(selector);
    ports = List.copyOf(ports);
  }

  String host() {
    return name + "." + namespace + ".svc.cluster.local";
  }

  /// The name of its cluster in an Envoy, see [Istio's traffic
  /// management](https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/).
  String outbound(Port port, String subset) {
    return "outbound|" + port.number() + "|" + subset + "|" + host();
  }
}
