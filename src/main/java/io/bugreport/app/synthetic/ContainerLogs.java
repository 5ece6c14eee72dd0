package io.bugreport.app.synthetic;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What containers wrote: a line is the kubelet's time, a space and the text.
final class ContainerLogs {
  private static final int LINE = 430;
  private static final int RESTARTED_SECONDS = 900;
  private static final DateTimeFormatter MILLIS = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final DateTimeFormatter MICROS = format("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final DateTimeFormatter NANOS = format("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");

  private final Mesh mesh;
  private final Traffic traffic;
  private final AccessLog access;

  ContainerLogs(Mesh mesh) {
    this.mesh = mesh;
    this.traffic = new Traffic(mesh);
    this.access = new AccessLog(mesh, traffic);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  static String millis(Instant time) {
    return MILLIS.format(time);
  }

  /// When a pod's proxy was started last.
  static Instant lastRestart(Pod pod) {
    return pod.started.plusSeconds(Mesh.AGE.toSeconds() - RESTARTED_SECONDS);
  }

  private static void line(Writer out, Instant time, String text) throws IOException {
    out.write(NANOS.format(time.plusNanos(312_457)) + " " + text + "\n");
  }

  private static void istio(Writer out, Instant time, String text) throws IOException {
    line(out, time, MICROS.format(time) + "\t" + text);
  }

  void init(Writer out, Pod pod) throws IOException {
    var at = pod.started.plusSeconds(1);
    istio(out, at, "info\tIstio iptables environment:");
    for (var variable :
        List.of(
            "PROXY_PORT=15001",
            "PROXY_INBOUND_CAPTURE_PORT=15006",
            "PROXY_UID=1337",
            "INBOUND_INTERCEPTION_MODE=REDIRECT",
            "INBOUND_PORTS_INCLUDE=*",
            "INBOUND_PORTS_EXCLUDE=15090,15021,15020",
            "OUTBOUND_IP_RANGES_INCLUDE=*",
            "DNS_CAPTURE=true",
            "DNS_SERVERS=[10.96.0.10],[]")) {
      line(out, at.plusMillis(1), variable);
    }
    istio(out, at.plusMillis(9), "info\tRunning iptables-restore with the following input:");
    line(out, at.plusMillis(10), "* nat");
    line(
        out,
        at.plusMillis(10),
        "-A OUTPUT -p udp --dport 53 -d 10.96.0.10/32 -j REDIRECT --to-ports 15053");
    line(out, at.plusMillis(10), "COMMIT");
    istio(out, at.plusMillis(40), "info\tCommand completed successfully");
  }

  void application(Writer out, Pod pod) throws IOException {
    switch (pod.workload.role()) {
      case DNS -> {
        line(out, pod.started.plusSeconds(4), ".:53");
        line(
            out,
            pod.started.plusSeconds(4),
            "[INFO] plugin/reload: Running configuration SHA512 = "
                + Names.uuid("corefile").replace("-", ""));
        line(out, pod.started.plusSeconds(4), "CoreDNS-1.12.1");
      }
      case ISTIOD -> istiod(out, pod);
      default -> {
        line(
            out,
            pod.started.plusSeconds(4),
            "server is listening on port " + pod.workload.ports().getFirst());
        for (var request = 59L; request >= 0; request--) {
          var hop = traffic.hop(mesh.service(pod.workload.app()), request);
          if (hop.isPresent()
              && hop.get().fate() == Traffic.Fate.SERVED
              && hop.get().target().filter(t -> t.address().equals(pod.ip)).isPresent()) {
            line(out, traffic.time(request).plusMillis(2), "GET " + hop.get().path() + " 200");
          }
        }
      }
    }
  }

  private void istiod(Writer out, Pod pod) throws IOException {
    var at = pod.started.plusSeconds(3);
    istio(out, at, "info\tinitializing Istiod admin server");
    istio(out, at.plusMillis(12), "info\tStarting Istiod Server with primary cluster Kubernetes");
    istio(out, at.plusMillis(30), "info\tUse self-signed certificate as the CA certificate");
    istio(
        out,
        at.plusMillis(950),
        "info\tmodel\tAll controller caches have been synced up in 911.204ms");
    var index = mesh.istiods().indexOf(pod);
    for (var proxy : mesh.proxies) {
      if (proxy.istiod == index) {
        var since = Connections.connectedAt(mesh, proxy);
        istio(
            out, since, "info\tdelta\tADS: new delta connection for node:" + proxy.connectionId());
        for (var type : List.of("CDS", "EDS", "LDS", "NDS", "RDS")) {
          since = since.plusMillis(14);
          istio(
              out,
              since,
              "info\tdelta\t%s: PUSH request for node:%s resources:%d removed:0 size:%d.4kB"
                  .formatted(type, proxy.id, 4 + type.charAt(0) % 13, 9 + type.charAt(0) % 30));
        }
        if (proxy.rejection.isPresent()) {
          istio(
              out,
              since.plusMillis(31),
              "warn\tdelta\tADS:LDS: ACK ERROR %s Internal:%s"
                  .formatted(proxy.connectionId(), rejected(proxy)));
        }
      }
    }
  }

  /// What Envoy tells istiod of listeners it did not take.
  static String rejected(Proxy proxy) {
    return "Error adding/updating listener(s) virtualInbound: " + proxy.rejection.orElse("");
  }

  /// The log of a proxy, access log included.
  void proxy(Writer out, Proxy proxy, Pod pod) throws IOException {
    var at = pod.proxyRestarts > 0 ? lastRestart(pod).plusSeconds(21) : pod.started.plusSeconds(3);
    start(out, proxy, at);
    if (proxy.rejection.isPresent()) {
      istio(
          out,
          at.plusSeconds(1),
          "warning\tenvoy config external/envoy/source/extensions/config_subscription/grpc/delta_subscription_state.cc:296\tdelta config for type.googleapis.com/envoy.config.listener.v3.Listener rejected: "
              + rejected(proxy)
              + "\tthread=14");
      istio(
          out,
          at.plusSeconds(31),
          "warn\tEnvoy proxy is NOT ready: config received from XDS server, but was rejected: cds updates: 1 successful, 0 rejected; lds updates: 0 successful, 1 rejected");
    } else {
      istio(out, at.plusSeconds(2), "info\tReadiness succeeded in 2.114820315s");
      istio(out, at.plusSeconds(2).plusMillis(1), "info\tEnvoy proxy is ready");
    }
    if (proxy.hasExpired(mesh.plan.time())) {
      istio(
          out,
          mesh.plan.time().minusSeconds(5400),
          "error\tcitadelclient\tFailed to sign CSR: rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed: context deadline exceeded\"");
      istio(
          out,
          mesh.plan.time().minusSeconds(5399),
          "warn\tsds\tfailed to warm certificate: failed to generate workload certificate: create certificate: rpc error: code = Unavailable");
    }
    var budget = mesh.plan.logBytes();
    for (var request = budget / LINE / linesPerRequest(proxy); request >= 0; request--) {
      if (!traffic.time(request).isBefore(at)) {
        requests(out, proxy, request);
      } else if (mesh.plan.config().isEmpty()) {
        requests(out, proxy, request); // a benchmark's log is as long as it was asked for
      }
    }
  }

  private int linesPerRequest(Proxy proxy) {
    return Math.max(1, callees(proxy).size() + (proxy.isGateway() ? 0 : 1));
  }

  private List<MeshPlan.ServicePlan> callees(Proxy proxy) {
    return mesh.plan.services().stream()
        .filter(s -> proxy.isGateway() ? s.caller().isEmpty() : s.caller().equals(proxy.app))
        .limit(20)
        .toList();
  }

  private void requests(Writer out, Proxy proxy, long request) throws IOException {
    for (var callee : callees(proxy)) {
      var hop = traffic.hop(mesh.service(callee.name()), request);
      if (hop.isPresent() && hop.get().caller().equals(proxy)) {
        line(out, traffic.time(request).plusMillis(40), access.outbound(hop.get()));
      }
    }
    if (mesh.planOf(proxy.app).isPresent()) {
      var hop = traffic.hop(mesh.service(proxy.app), request);
      if (hop.isPresent() && hop.get().fate() == Traffic.Fate.SERVED) {
        var target = hop.get().target().filter(t -> t.address().equals(proxy.ip));
        if (target.isPresent()) {
          line(out, traffic.time(request).plusMillis(45), access.inbound(hop.get(), target.get()));
        }
      }
    }
  }

  private static void start(Writer out, Proxy proxy, Instant at) throws IOException {
    istio(out, at, "info\tFLAG: --proxyLogLevel=\"warning\"");
    istio(out, at.plusMillis(1), "info\tVersion " + Mesh.ISTIO + "-Clean");
    istio(
        out,
        at.plusMillis(2),
        "info\tProxy role\tips=[%s] type=%s id=%s domain=%s.svc.cluster.local"
            .formatted(proxy.ip, proxy.type(), proxy.id, proxy.id.namespace()));
    istio(
        out,
        at.plusMillis(40),
        "info\tCA Endpoint istiod.istio-system.svc:15012, provider Citadel");
    istio(
        out,
        at.plusMillis(320),
        "info\txdsproxy\tconnected to delta upstream XDS server: istiod.istio-system.svc:15012\tid=1");
    istio(
        out,
        at.plusMillis(410),
        "info\tcache\tgenerated new workload certificate\tresourceName=default latency=88.1ms ttl=23h59m59s");
  }

  /// The log of a proxy that was killed.
  void killed(Writer out, Proxy proxy, Pod pod) throws IOException {
    var ended = lastRestart(pod);
    start(out, proxy, ended.minusSeconds(409));
    istio(
        out,
        ended.minusSeconds(3),
        "warning\tenvoy main external/envoy/source/server/overload_manager_impl.cc:756\toverload action envoy.overload_actions.shrink_heap becoming saturated\tthread=14");
    istio(out, ended.minusSeconds(1), "error\tEnvoy exited with error: signal: killed");
  }
}
