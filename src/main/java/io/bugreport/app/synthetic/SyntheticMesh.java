package io.bugreport.app.synthetic;

import io.bugreport.app.synthetic.Output.Lines;
import io.bugreport.app.synthetic.Workload.Role;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import io.bugreport.model.snapshot.ItemId;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Writes the snapshot of a mesh that is made from a plan.
public final class SyntheticMesh {
  private static final String PROXY = "istio-proxy";

  private final Mesh mesh;
  private final String cluster;
  private final SnapshotFiles files;
  private final ContainerLogs logs;

  private SyntheticMesh(Mesh mesh, ArchiveWriter archive) {
    this.mesh = mesh;
    this.cluster = mesh.plan.cluster();
    this.files = new SnapshotFiles(mesh.plan, archive);
    this.logs = new ContainerLogs(mesh);
  }

  /// Writes a whole snapshot, file by file; the archive is left open. The memory that it takes
  /// grows with the number of pods, not with the size of what is written.
  ///
  /// @param faults what is wrong with the mesh, applied in this order
  public static void write(MeshPlan plan, List<Fault> faults, ArchiveWriter archive)
      throws IOException {
    var mesh = new Mesh(plan);
    mesh.happenings.addAll(Started.events(mesh));
    faults.forEach(fault -> fault.applyTo(mesh));
    mesh.pods.sort(
        Comparator.comparing((Pod p) -> p.workload.namespace()).thenComparing(p -> p.name));
    new SyntheticMesh(mesh, archive).write();
  }

  private void write() throws IOException {
    var objects = new KubernetesObjects(mesh);
    files.file(
        Layout.version(cluster), ItemId.single(cluster, "version"), out -> out.compact(version()));
    files.file(
        Layout.discovery(cluster),
        ItemId.single(cluster, "discovery"),
        out -> out.compact(objects.discovery()));
    for (var kind : mesh.allKinds()) {
      files.kind(kind, mesh.namespaces(), objects);
    }
    for (var pod : mesh.pods) {
      writeLogs(pod);
      if (pod.proxy != null) {
        writeProxy(pod, pod.proxy);
      }
    }
    var istiods = mesh.istiods();
    for (var i = 0; i < istiods.size(); i++) {
      writeIstiod(istiods.get(i), new IstiodAnswers(mesh, i));
    }
    files.finish();
  }

  private static JsonNode version() {
    return Tree.object(
        "major",
        "1",
        "minor",
        "34",
        "gitVersion",
        Mesh.KUBERNETES,
        "gitCommit",
        "8cc511e399b929453cd98ae65b419c3cc227ec79",
        "gitTreeState",
        "clean",
        "buildDate",
        "2026-09-09T19:06:41Z",
        "goVersion",
        "go1.25.1",
        "compiler",
        "gc",
        "platform",
        "linux/amd64");
  }

  private void writeLogs(Pod pod) throws IOException {
    if (pod.workload.role() != Role.GATEWAY) {
      log(pod, pod.workload.container(), Run.CURRENT, out -> logs.application(out, pod));
    }
    var proxy = pod.proxy;
    if (proxy == null) {
      return;
    }
    if (pod.workload.role() != Role.GATEWAY) {
      log(pod, "istio-init", Run.CURRENT, out -> logs.init(out, pod));
    }
    log(pod, PROXY, Run.CURRENT, out -> logs.proxy(out, proxy, pod));
    if (pod.proxyRestarts > 0) {
      log(pod, PROXY, Run.PREVIOUS, out -> logs.killed(out, proxy, pod));
    }
  }

  private void log(Pod pod, String container, Run run, Lines lines) throws IOException {
    var namespace = pod.workload.namespace();
    files.lines(
        Layout.log(cluster, namespace, pod.name, container, run),
        ItemId.log(cluster, namespace, pod.name, container, run),
        lines);
  }

  private void writeProxy(Pod pod, Proxy proxy) throws IOException {
    var envoy = new EnvoyAnswers(mesh, proxy);
    for (var endpoint : Endpoint.of(Server.ENVOY)) {
      var ready = endpoint != Endpoint.ENVOY_READY || proxy.rejection.isEmpty();
      answer(pod, PROXY, endpoint, ready ? 200 : 503, out -> envoy.write(endpoint, out));
    }
    var agent = new AgentAnswers(mesh, proxy);
    for (var endpoint : Endpoint.of(Server.AGENT)) {
      if (endpoint == Endpoint.AGENT_NAME_TABLE && proxy.isGateway()) {
        files.notFound(ItemId.answer(cluster, pod.workload.namespace(), pod.name, PROXY, endpoint));
      } else {
        var ready = endpoint != Endpoint.AGENT_READY || proxy.rejection.isEmpty();
        answer(pod, PROXY, endpoint, ready ? 200 : 503, out -> agent.write(endpoint, out));
      }
    }
  }

  private void writeIstiod(Pod pod, IstiodAnswers istiod) throws IOException {
    var container = pod.workload.container();
    var namespace = pod.workload.namespace();
    for (var endpoint : Endpoint.of(Server.ISTIOD)) {
      if (!endpoint.isPerProxy()) {
        answer(pod, container, endpoint, 200, out -> istiod.write(endpoint, out));
        continue;
      }
      for (var proxy : istiod.proxies()) {
        files.file(
            Layout.answer(cluster, namespace, pod.name, container, endpoint.file(proxy.id)),
            ItemId.answer(cluster, namespace, pod.name, container, endpoint, proxy.id),
            out -> out.compact(NameTable.ofIstiod(mesh, proxy)));
      }
    }
  }

  private void answer(
      Pod pod, String container, Endpoint endpoint, int code, Consumer<Output> content)
      throws IOException {
    var namespace = pod.workload.namespace();
    files.file(
        Layout.answer(cluster, namespace, pod.name, container, endpoint.file()),
        ItemId.answer(cluster, namespace, pod.name, container, endpoint),
        code,
        content);
  }
}
