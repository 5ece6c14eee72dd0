package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Endpoints.Target;
import io.bugreport.app.synthetic.Traffic.Hop;

/// Lines of Istio's default access log.
final class AccessLog {
  private static final int PORTS = 20_000;
  private static final int FIRST_PORT = 32_768;
  private static final String EXPIRED =
      "TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:"
          + "verify_cert_failed:_certificate_has_expired:TLS_error_end";

  private final Mesh mesh;
  private final Traffic traffic;

  AccessLog(Mesh mesh, Traffic traffic) {
    this.mesh = mesh;
    this.traffic = traffic;
  }

  /// What the calling proxy writes.
  String outbound(Hop hop) {
    var service = hop.service();
    var port = service.ports().getFirst().number();
    var upstream = hop.target().map(t -> t.address() + ":" + port).orElse("-");
    var local = hop.caller().ip + ":" + port(hop, "up");
    var vip = hop.caller().isGateway() ? hop.caller().ip + ":8080" : service.ip() + ":" + port;
    var client =
        hop.caller().isGateway()
            ? "198.51.100.24:" + port(hop, "client")
            : hop.caller().ip + ":" + port(hop, "app");
    var tail =
        " %s %s - %s"
            .formatted(vip, client, hop.ruled() || hop.caller().isGateway() ? "-" : "default");
    return head(hop)
        + switch (hop.fate()) {
          case SERVED ->
              "200 - via_upstream - \"-\" 0 %d %d %d %s \"%s\" %s %s"
                      .formatted(
                          bytes(hop),
                          millis(hop) + 2,
                          millis(hop) + 1,
                          request(hop),
                          upstream,
                          hop.cluster(),
                          local)
                  + tail;
          case NO_CLUSTER ->
              "503 NC cluster_not_found - \"-\" 0 0 0 - %s \"-\" - -".formatted(request(hop))
                  + tail;
          case NO_HEALTHY_UPSTREAM ->
              "503 UH no_healthy_upstream - \"-\" 0 19 0 - %s \"-\" %s -"
                      .formatted(request(hop), hop.cluster())
                  + tail;
          case CERTIFICATE_EXPIRED ->
              "503 UF,URX upstream_reset_before_response_started{connection_failure,%s} - \"%s\" 0 157 %d - %s \"%s\" %s -"
                      .formatted(
                          EXPIRED, EXPIRED, 40 + millis(hop), request(hop), upstream, hop.cluster())
                  + tail;
        };
  }

  /// What the proxy before the called application writes.
  String inbound(Hop hop, Target target) {
    var port = hop.service().ports().getFirst().number();
    return head(hop)
        + "200 - via_upstream - \"-\" 0 %d %d %d %s \"%s:%d\" inbound|%d|| 127.0.0.6:%d %s:%d %s:%d outbound_.%d_.%s_.%s default"
            .formatted(
                bytes(hop),
                millis(hop),
                Math.max(0, millis(hop) - 1),
                request(hop),
                target.address(),
                port,
                port,
                port(hop, "in"),
                target.address(),
                port,
                hop.caller().ip,
                port(hop, "up"),
                port,
                hop.subset(),
                hop.service().host());
  }

  private String head(Hop hop) {
    return "[%s] \"GET %s HTTP/1.1\" "
        .formatted(ContainerLogs.millis(traffic.time(hop.request())), hop.path());
  }

  private String request(Hop hop) {
    return "\"%s\" \"%s\" \"%s\" \"%s\""
        .formatted(
            hop.caller().isGateway() ? "198.51.100.24" : "-",
            hop.caller().isGateway() ? "Mozilla/5.0 (X11; Linux x86_64)" : "python-requests/2.32.3",
            Names.uuid("request" + hop.request()),
            hop.caller().isGateway()
                ? "bookinfo.example.com"
                : hop.service().name() + ":" + hop.service().ports().getFirst().number());
  }

  private int port(Hop hop, String what) {
    return FIRST_PORT
        + Names.number(mesh.plan.seed(), what + hop.request() + hop.service().name(), PORTS);
  }

  private int millis(Hop hop) {
    return 3 + Names.number(mesh.plan.seed() + hop.service().name().length(), hop.request(), 25);
  }

  private int bytes(Hop hop) {
    return 170 + Names.number(mesh.plan.seed() + hop.service().name().length(), hop.request(), 300);
  }
}
