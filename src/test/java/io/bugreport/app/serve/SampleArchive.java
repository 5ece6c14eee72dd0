package io.bugreport.app.serve;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.archive.Redaction;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Manifest;
import io.bugreport.model.snapshot.Outcome;
import io.bugreport.model.snapshot.SnapshotJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// A small archive to serve: a shop with two pods, one of which was restarted.
final class SampleArchive {
  static final Instant COLLECTED = Instant.parse("2026-11-24T08:00:00Z");
  static final String CLUSTER = "east";
  static final String DUMP = "{\"configs\":[" + "\"x\",".repeat(50_000) + "\"end\"]}";

  private static final String PODS =
      """
      {"kind":"PodList","apiVersion":"v1","items":[
       {"metadata":{"name":"cart-0","namespace":"shop","uid":"u1","resourceVersion":"7","labels":{"app":"cart","tier":"web"},
         "annotations":{"port":"8080","kubectl.kubernetes.io/default-container":"app"},"creationTimestamp":"2026-11-24T07:00:00Z"},
        "spec":{"nodeName":"n1","containers":[{"name":"app","image":"cart:1"},{"name":"istio-proxy","image":"proxy:1"}]},
        "status":{"phase":"Running","podIP":"10.0.0.1","containerStatuses":[
          {"name":"app","ready":true,"restartCount":0,"state":{"running":{"startedAt":"2026-11-24T07:00:00Z"}}},
          {"name":"istio-proxy","ready":true,"restartCount":3,"state":{"running":{"startedAt":"2026-11-24T07:55:00Z"}},
           "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-24T07:55:00Z"}}}]}},
       {"metadata":{"name":"db-0","namespace":"shop","uid":"u2","labels":{"app":"db"},"creationTimestamp":"2026-11-24T07:00:00Z"},
        "spec":{"nodeName":"n2","containers":[{"name":"db","image":"db:1"},{"name":"istio-proxy","image":"proxy:1"}]},
        "status":{"phase":"Pending"}}]}
      """;

  private SampleArchive() {}

  static Path write(Path folder) throws IOException {
    var file = folder.resolve("sample.tar.gz");
    try (var archive =
        ArchiveWriter.create(file, "sample", ArchiveFormat.TAR_GZ, COLLECTED, Redaction.none())) {
      archive.write(
          Layout.version(CLUSTER), "{\"major\":\"1\",\"minor\":\"33\",\"gitVersion\":\"v1.33.1\"}");
      archive.write(Layout.list(CLUSTER, "shop", "", "pods"), PODS);
      archive.write(
          Layout.list(CLUSTER, "shop", "", "events"),
          """
          {"kind":"EventList","apiVersion":"v1","items":[
           {"metadata":{"name":"e1","namespace":"shop"},"involvedObject":{"kind":"Pod","name":"cart-0","namespace":"shop","uid":"u1"},
            "type":"Warning","reason":"OOM","message":"istio-proxy was killed","lastTimestamp":"2026-11-24T07:55:00Z"},
           {"metadata":{"name":"e2","namespace":"shop"},"involvedObject":{"kind":"Pod","name":"db-0","namespace":"shop","uid":"u2"},
            "type":"Normal","reason":"Scheduled","message":"assigned","lastTimestamp":"2026-11-24T07:50:00Z"}]}
          """);
      archive.write(
          Layout.list(CLUSTER, "shop", "networking.istio.io", "virtualservices"),
          """
          apiVersion: networking.istio.io/v1
          kind: VirtualServiceList
          items:
          - metadata: {name: cart, namespace: shop, creationTimestamp: "2026-11-20T08:00:00Z"}
            spec: {hosts: [cart], gateways: [mesh]}
          """);
      archive.write(
          Layout.object(
              CLUSTER,
              "apiextensions.k8s.io",
              "customresourcedefinitions",
              "virtualservices.networking.istio.io"),
          """
          {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"virtualservices.networking.istio.io"},
           "spec":{"group":"networking.istio.io","scope":"Namespaced","names":{"plural":"virtualservices","singular":"virtualservice",
             "kind":"VirtualService","shortNames":["vs"]},
            "versions":[{"name":"v1","served":true,"additionalPrinterColumns":[{"name":"Hosts","type":"string","jsonPath":".spec.hosts"},
              {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}]},{"name":"v1beta1","served":true}]}}
          """);
      archive.write(
          Layout.object(CLUSTER, "", "namespaces", "shop"),
          """
          {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"},"status":{"phase":"Active"}}
          """);
      archive.write(
          Layout.log(CLUSTER, "shop", "cart-0", "app", Run.CURRENT),
          """
          2026-11-24T07:59:00.000000001Z first
          2026-11-24T07:59:30.000000001Z second
          2026-11-24T07:59:59.000000001Z third
          """);
      archive.write(
          Layout.log(CLUSTER, "shop", "cart-0", "istio-proxy", Run.PREVIOUS),
          "2026-11-24T07:54:59Z killed\n");
      for (var endpoint :
          List.of(Endpoint.ENVOY_SERVER_INFO, Endpoint.ENVOY_CONFIG_DUMP, Endpoint.AGENT_READY)) {
        archive.write(
            Layout.answer(CLUSTER, "shop", "cart-0", "istio-proxy", endpoint.file()),
            endpoint == Endpoint.ENVOY_CONFIG_DUMP ? DUMP : "{\"endpoint\":\"" + endpoint + "\"}");
      }
      archive.write(
          Layout.answer(
              CLUSTER,
              "istio-system",
              "istiod-1",
              "discovery",
              Endpoint.ISTIOD_NAME_TABLE.file(new ProxyId("cart-0", "shop"))),
          "{\"table\":{}}");
      archive.write(
          Layout.list(CLUSTER, "istio-system", "", "pods"),
          """
          {"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"istiod-1","namespace":"istio-system"},
            "spec":{"containers":[{"name":"discovery"}]},"status":{"phase":"Running"}}]}
          """);
      archive.write(Layout.COLLECTION, items());
      archive.write(Layout.MANIFEST, SnapshotJson.text(manifest()));
    }
    return file;
  }

  private static String items() {
    var ready =
        ItemId.answer(CLUSTER, "shop", "cart-0", "istio-proxy", Endpoint.AGENT_READY).toString();
    return String.join(
        "\n",
        line(ItemId.resources(CLUSTER, "", "pods").toString(), Outcome.OK, 200, null),
        line(ItemId.resources(CLUSTER, "", "events").toString(), Outcome.OK, 200, null),
        line(
            ItemId.resources(CLUSTER, "", "services").toString(),
            Outcome.FORBIDDEN,
            403,
            "no right to list services"),
        line(ready, Outcome.OK, 503, null));
  }

  private static String line(
      String id, Outcome outcome, int code, @org.jspecify.annotations.Nullable String reason) {
    return SnapshotJson.line(
        new CollectedItem(
            id, ItemId.parse(id).source(), null, outcome, code, 1, 1, 1, 1, null, reason));
  }

  private static Manifest manifest() {
    return new Manifest(
        Layout.VERSION,
        "test",
        List.of(),
        COLLECTED,
        COLLECTED,
        null,
        List.of(),
        new TreeMap<>(),
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        null);
  }
}
