package io.bugreport.app.benchmark;

import java.util.stream.IntStream;

/// Istio objects without a fault, and the services and pods that they are about.
final class HealthyObjects {
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: svc%1$d, namespace: ns%2$d}
      spec:
        selector: {app: svc%1$d}
        ports:
        - name: http
          port: 8080
          targetPort: 8080
      ---
      """;
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: svc%1$d-%3$s
        namespace: ns%2$d
        labels: {app: svc%1$d, version: %3$s}
        annotations: {sidecar.istio.io/status: "{}"}
      spec:
        containers:
        - name: app
          image: app:1
          ports:
          - containerPort: 8080
        - name: istio-proxy
          image: istio/proxyv2:1.27.0
      ---
      """;
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: route%3$d
        namespace: ns%2$d
      spec:
        hosts:
        - h%3$d.example.com
        http:
        - match:
          - uri:
              prefix: /a
          route:
          - destination:
              host: svc%1$d
              subset: v1
            weight: 90
          - destination:
              host: svc%1$d
              subset: v2
            weight: 10
        - route:
          - destination:
              host: svc%1$d
      ---
      """;
  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: svc%1$d
        namespace: ns%2$d
      spec:
        host: svc%1$d
        subsets:
        - name: v1
          labels:
            version: v1
        - name: v2
          labels:
            version: v2
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      """;
  private static final String POLICY =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: policy%3$d
        namespace: ns%2$d
      spec:
        selector:
          matchLabels:
            app: svc%1$d
        rules:
        - from:
          - source:
              namespaces:
              - ns%2$d
      ---
      """;

  private HealthyObjects() {}

  /// YAML with so many Istio objects: a destination rule for each service, then routes and policies
  /// in equal parts.
  static String yaml(int objects) {
    var services = Math.max(1, objects / 10);
    var yaml = new StringBuilder();
    IntStream.range(0, Math.max(1, services / 10))
        .forEach(
            n ->
                yaml.append(
                    """
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: ns%d, labels: {istio-injection: enabled}}
                    ---
                    """
                        .formatted(n)));
    for (var i = 0; i < services; i++) {
      append(yaml, SERVICE, services, i, "");
      append(yaml, RULE, services, i, "");
      append(yaml, POD, services, i, "v1");
      append(yaml, POD, services, i, "v2");
    }
    for (var i = 0; i < objects - services; i++) {
      append(yaml, i % 2 == 0 ? ROUTE : POLICY, services, i, i);
    }
    return yaml.toString();
  }

  private static void append(
      StringBuilder yaml, String template, int services, int number, Object third) {
    var service = number % services;
    yaml.append(template.formatted(service, service % Math.max(1, services / 10), third));
  }
}
