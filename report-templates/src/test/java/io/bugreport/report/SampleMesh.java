package io.bugreport.report;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Evidence;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Manifest;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.SnapshotJson;
import io.bugreport.report.view.ReportContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small broken mesh: an archive with some of everything, and what checks conclude about it.
final class SampleMesh {
  static final String CLUSTER = "prod-eu-1";
  static final Instant STARTED = Instant.parse("2026-11-24T07:12:04Z");
  static final ReportContext CONTEXT =
      new ReportContext("bug-report-prod-eu-1-20261124T071204Z.tar.gz", "0.1.0");

  private SampleMesh() {}

  /// Writes the archive and opens it.
  static Snapshot snapshot(Path folder) throws IOException {
    return snapshot(folder, manifest(null), items(), "reviews-v1-7d8f9c5b6d-2xk4q");
  }

  static Snapshot snapshot(
      Path folder, Manifest manifest, List<CollectedItem> items, String podName)
      throws IOException {
    var target = folder.resolve("archive");
    try (var archive =
        ArchiveWriter.create(
            target, "archive", ArchiveFormat.DIRECTORY, STARTED, Redaction.none())) {
      archive.write(Layout.MANIFEST, SnapshotJson.text(manifest));
      archive.write(
          Layout.COLLECTION,
          String.join("\n", items.stream().map(SnapshotJson::line).toList()) + "\n");
      archive.write(Layout.list(CLUSTER, "bookinfo", "", "pods"), pods(podName));
      archive.write(Layout.list(CLUSTER, "istio-system", "", "pods"), istiodPods());
      archive.write(Layout.list(CLUSTER, "bookinfo", "", "events"), events());
      archive.write(
          answer("istio-system", "istiod-5c9f6d", "discovery", Endpoint.ISTIOD_VERSION),
          "1.30.1-86c9f01fd73-Clean");
      archive.write(
          answer("istio-system", "istiod-5c9f6d", "discovery", Endpoint.ISTIOD_SYNCZ),
          syncz(podName));
      archive.write(
          answer("bookinfo", podName, "istio-proxy", Endpoint.ENVOY_SERVER_INFO),
          "{\"state\":\"LIVE\",\"node\":{\"metadata\":{\"ISTIO_VERSION\":\"1.30.1\"}}}");
      archive.write(
          answer("bookinfo", podName, "istio-proxy", Endpoint.ENVOY_CERTS),
          "{\"certificates\":[{\"cert_chain\":[{\"expiration_time\":\"2026-11-23T22:00:00Z\"}]}]}");
      archive.write(
          answer("bookinfo", podName, "istio-proxy", Endpoint.AGENT_NAME_TABLE),
          names("10.96.14.2"));
      archive.write(
          answer(
              "bookinfo", "productpage-v1-6b7f8-9z2lm", "istio-proxy", Endpoint.AGENT_NAME_TABLE),
          names("10.96.200.7"));
    }
    return Snapshot.open(target, STARTED);
  }

  private static String answer(String namespace, String pod, String container, Endpoint endpoint) {
    return Layout.answer(CLUSTER, namespace, pod, container, endpoint.file());
  }

  private static String names(String reviews) {
    return "{\"table\":{\"reviews.bookinfo.svc.cluster.local\":{\"ips\":[\""
        + reviews
        + "\"]},\"ratings.bookinfo.svc.cluster.local\":{\"ips\":[\"10.96.33.9\"]}}}";
  }

  private static String syncz(String podName) {
    return "[{\"proxy\":\""
        + podName
        + ".bookinfo\",\"listener_sent\":\"b\",\"listener_acked\":\"a\",\"cluster_sent\":\"a\",\"cluster_acked\":\"a\"}]";
  }

  private static String pods(String podName) {
    return """
    kind: PodList
    apiVersion: v1
    items:
    - metadata: {name: %s, namespace: bookinfo}
      spec:
        nodeName: worker-3
        containers: [{name: reviews, image: "example/reviews:1"}, {name: istio-proxy, image: "istio/proxyv2:1.30.1"}]
      status:
        phase: Running
        containerStatuses:
        - {name: reviews, ready: false, restartCount: 14, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {reason: OOMKilled}}}
        - {name: istio-proxy, ready: true, restartCount: 0}
    - metadata: {name: productpage-v1-6b7f8-9z2lm, namespace: bookinfo}
      spec:
        nodeName: worker-1
        containers: [{name: productpage}, {name: istio-proxy}]
      status:
        phase: Running
        containerStatuses:
        - {name: productpage, ready: true, restartCount: 0}
        - {name: istio-proxy, ready: true, restartCount: 0}
    """
        .formatted(quoted(podName));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String istiodPods() {
    return """
    kind: PodList
    apiVersion: v1
    items:
    - metadata: {name: istiod-5c9f6d, namespace: istio-system}
      spec: {nodeName: worker-2, containers: [{name: discovery, image: "istio/pilot:1.30.1"}]}
      status: {phase: Running, containerStatuses: [{name: discovery, ready: true, restartCount: 1}]}
    """;
  }

  private static String events() {
    return """
    kind: EventList
    apiVersion: v1
    items:
    - metadata: {name: e1, namespace: bookinfo}
      type: Warning
      reason: BackOff
      message: Back-off restarting failed container reviews
      count: 61
      lastTimestamp: "2026-11-24T07:10:58Z"
      involvedObject: {kind: Pod, namespace: bookinfo, name: reviews-v1-7d8f9c5b6d-2xk4q}
    - metadata: {name: e2, namespace: bookinfo}
      type: Normal
      reason: Pulled
      message: Container image already present
      lastTimestamp: "2026-11-24T07:00:00Z"
      involvedObject: {kind: Pod, namespace: bookinfo, name: reviews-v1-7d8f9c5b6d-2xk4q}
    """;
  }

  static Manifest manifest(@Nullable String interrupted) {
    var phases = new java.util.LinkedHashMap<String, Long>();
    phases.put("discover", 812L);
    phases.put("collect", 41_207L);
    return new Manifest(
        Layout.VERSION,
        "bug-report 0.1.0",
        List.of("collect", "--context", CLUSTER, "-n", "bookinfo,istio-system"),
        STARTED,
        STARTED.plus(Duration.ofSeconds(47)),
        STARTED.minus(Duration.ofHours(2)),
        List.of(new Manifest.ClusterEntry(CLUSTER, "prod-eu-1-admin", "v1.33.1")),
        new TreeMap<>(),
        148_000_000,
        new TreeMap<>(Map.of("kubernetes-secret-data", 214L, "bearer-token", 38L, "jwt", 9L)),
        phases,
        interrupted);
  }

  static List<CollectedItem> items() {
    List<CollectedItem> items = new ArrayList<>();
    for (var i = 0; i < 412; i++) {
      items.add(
          item(
              ItemId.answer(
                  CLUSTER, "bookinfo", "pod-" + i, "istio-proxy", Endpoint.ENVOY_CONFIG_DUMP),
              Outcome.OK,
              210_000,
              null));
    }
    for (var i = 0; i < 30; i++) {
      items.add(
          item(
              ItemId.log(CLUSTER, "bookinfo", "pod-" + i, "app", Layout.Run.PREVIOUS),
              Outcome.EMPTY,
              0,
              null));
    }
    for (var namespace : List.of("payments", "team-b", "vault")) {
      items.add(
          item(
              ItemId.resources(CLUSTER, "", "secrets", namespace),
              Outcome.FORBIDDEN,
              0,
              "secrets is forbidden: user \"oncall\" cannot list resource \"secrets\""));
    }
    items.add(
        item(
            ItemId.answer(
                CLUSTER,
                "bookinfo",
                "productpage-v1-6b7f8-9z2lm",
                "istio-proxy",
                Endpoint.ENVOY_SERVER_INFO),
            Outcome.TIMEOUT,
            0,
            "no answer within 10 s"));
    items.add(
        item(
            ItemId.log(CLUSTER, "bookinfo", "pod-7", "app", Layout.Run.CURRENT),
            Outcome.TRUNCATED,
            64_000_000,
            "larger than 64 MB; its newest part was kept"));
    return items;
  }

  static CollectedItem item(ItemId id, Outcome outcome, long bytes, @Nullable String reason) {
    return new CollectedItem(
        id.toString(), id.source(), null, outcome, 0, bytes, 0, 12, 1, null, reason);
  }

  static CheckCatalogue catalogue() {
    return new CheckCatalogue(
        List.of(
            check(
                "route-to-unknown-host",
                "IST0101",
                "Route to a host that does not exist",
                Severity.ERROR,
                ROUTE_PAGE),
            check(
                "crash-looping-workload",
                "WL-02",
                "Workload that keeps crashing",
                Severity.ERROR,
                CRASH_PAGE),
            check(
                "stale-name-table",
                "DNS-05",
                "Proxies that resolve a name differently",
                Severity.WARNING,
                DNS_PAGE),
            check(
                "port-name",
                "IST0118",
                "Service port without a protocol in its name",
                Severity.INFO,
                PORT_PAGE),
            check(
                "gateway-secret",
                "IST0103",
                "Gateway credential that does not exist",
                Severity.ERROR,
                PORT_PAGE),
            check(
                "policy-conflict",
                "MTLS-01",
                "Policies that contradict each other",
                Severity.ERROR,
                PORT_PAGE),
            check(
                "ambient-waypoint",
                "AMB-01",
                "Service without its waypoint",
                Severity.WARNING,
                PORT_PAGE)));
  }

  static CheckDefinition check(
      String id, String code, String title, Severity severity, String page) {
    return new CheckDefinition(
        id, List.of(code), title, severity, List.of(), List.of(), "", page, _ -> List.of());
  }

  static Diagnosis diagnosis() {
    List<Finding> ports = new ArrayList<>();
    for (var i = 0; i < 9; i++) {
      ports.add(
          finding(
              "port-name",
              "IST0118",
              Severity.INFO,
              "Service port without a protocol in its name",
              "Port 80"
                  + i
                  + " of this Service is named \"web"
                  + i
                  + "\", so Istio guesses its protocol.",
              id("Service", "legacy-" + (i % 3), "svc-" + i),
              List.of(),
              PORT_PAGE));
    }
    return new Diagnosis(
        List.of(
            new Conclusion.NotApplicable(
                "ambient-waypoint", "there is no Gateway of class istio-waypoint"),
            new Conclusion.Found(
                "crash-looping-workload",
                List.of(
                    finding(
                        "crash-looping-workload",
                        "WL-02",
                        Severity.ERROR,
                        "Workload that keeps crashing",
                        "Container reviews of this pod ended 14 times, last with OOMKilled: it reached its memory limit of 256Mi.",
                        id("Pod", "bookinfo", "reviews-v1-7d8f9c5b6d-2xk4q"),
                        List.of(
                            new Evidence(
                                "clusters/prod-eu-1/namespaces/bookinfo/core/pods.yaml",
                                41,
                                "status.containerStatuses[0].lastState.terminated.reason",
                                39,
                                List.of(
                                    "      lastState:",
                                    "        terminated:",
                                    "          reason: OOMKilled",
                                    "          exitCode: 137",
                                    "          finishedAt: \"2026-11-24T07:09:12Z\""))),
                        CRASH_PAGE)),
                List.of()),
            new Conclusion.NotEvaluated(
                "gateway-secret",
                List.of(
                    new Gap(
                        "prod-eu-1/resources/core/secrets/payments",
                        "forbidden: secrets is forbidden"))),
            new Conclusion.Passed("policy-conflict"),
            new Conclusion.Found("port-name", ports, List.of()),
            new Conclusion.Found(
                "route-to-unknown-host",
                List.of(
                    route("reviews", "reviews-v3.bookinfo.svc.cluster.local", 18),
                    route("ratings", "ratingz", 14)),
                List.of(
                    new Gap(
                        "prod-eu-1/resources/networking.istio.io/serviceentries/team-b",
                        "forbidden: serviceentries is forbidden"))),
            new Conclusion.Found(
                "stale-name-table",
                List.of(
                    finding(
                        "stale-name-table",
                        "DNS-05",
                        Severity.WARNING,
                        "Proxies that resolve a name differently",
                        "Two proxies resolve reviews.bookinfo.svc.cluster.local to different addresses: 10.96.14.2 and 10.96.200.7.",
                        id("Service", "bookinfo", "reviews"),
                        List.of(
                            new Evidence(
                                "clusters/prod-eu-1/namespaces/bookinfo/pods/productpage-v1-6b7f8-9z2lm/istio-proxy/agent/ndsz.json",
                                1,
                                "table",
                                1,
                                List.of(
                                    "{\"table\":{\"reviews.bookinfo.svc.cluster.local\":{\"ips\":[\"10.96.200.7\"]}"))),
                        DNS_PAGE)),
                List.of())));
  }

  private static Finding route(String name, String host, int line) {
    return new Finding(
        "IST0101",
        "route-to-unknown-host",
        Severity.ERROR,
        "Route to a host that does not exist",
        "The route sends traffic to "
            + host
            + ", which no Service and no ServiceEntry defines. Requests that match it get 503.",
        id("VirtualService", "bookinfo", name),
        List.of(
            id("Service", "bookinfo", "reviews"), id("Gateway", "bookinfo", "bookinfo-gateway")),
        List.of(
            new Evidence(
                "clusters/prod-eu-1/namespaces/bookinfo/networking.istio.io/virtualservices.yaml",
                line,
                "spec.http[0].route[0].destination.host",
                line - 2,
                List.of(
                    "    - route:",
                    "      - destination:",
                    "          host: " + host,
                    "          subset: v3",
                    "        weight: 100"))),
        ROUTE_PAGE.substring(ROUTE_PAGE.indexOf("## Fix") + 6).strip(),
        "docs/checks/route-to-unknown-host.md",
        null);
  }

  static Finding finding(
      String check,
      String code,
      Severity severity,
      String title,
      String message,
      ResourceId id,
      List<Evidence> evidence,
      String page) {
    return new Finding(
        code,
        check,
        severity,
        title,
        message,
        id,
        List.of(),
        evidence,
        page.substring(page.indexOf("## Fix") + 6).strip(),
        "docs/checks/" + check + ".md",
        null);
  }

  static ResourceId id(String kind, String namespace, String name) {
    return new ResourceId(CLUSTER, "", kind, namespace, name);
  }

  static String html(Snapshot snapshot, Diagnosis diagnosis) throws IOException {
    var out = new ByteArrayOutputStream();
    Report.of(snapshot, diagnosis, catalogue(), CONTEXT).html(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final String ROUTE_PAGE =
      """
      A VirtualService sends traffic to a host that is in no service registry. Envoy has no cluster
      for it and answers `503 NC`. The configuration is accepted all the same, so nothing warns.

      ## Fix

      Correct the host, or create the Service it names. List what is there:

      ```sh
      kubectl get services,serviceentries -n bookinfo
      ```

      A host outside the mesh needs a ServiceEntry:

      ```yaml
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      spec:
        hosts: [reviews-v3.example.com]
        resolution: DNS
      ```
      """;

  private static final String CRASH_PAGE =
      """
      A container that keeps ending takes no traffic, and its endpoints come and go in every proxy of
      the mesh.

      ## Fix

      Read why it ended, then correct it; for `OOMKilled` raise its memory limit:

      ```sh
      kubectl logs -n bookinfo deploy/reviews-v1 -c reviews --previous --timestamps --since=24h --tail=2000 | less
      ```
      """;

  private static final String DNS_PAGE =
      """
      Each proxy answers DNS from a table that istiod sends it. Where two of them differ, one of them
      holds an old table, and its workload talks to the wrong address.

      ## Fix

      Restart the proxy that is behind, and look in istiod's log for pushes that it rejected.
      """;

  private static final String PORT_PAGE =
      """
      Istio takes a port's protocol from its name or its `appProtocol`; otherwise it guesses.

      ## Fix

      Set `appProtocol`, or begin the name with the protocol, as in `http-web`.
      """;
}
