package io.bugreport.collector;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.certificates.CertificateFile;
import io.bugreport.collector.endpoints.EndpointSetting;
import io.bugreport.collector.endpoints.IstiodTask;
import io.bugreport.collector.endpoints.ProxyTask;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Engine;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Stop;
import io.bugreport.collector.engine.Task;
import io.bugreport.collector.helm.HelmReleases;
import io.bugreport.collector.pods.LogSetting;
import io.bugreport.collector.pods.LogTask;
import io.bugreport.collector.pods.Pod;
import io.bugreport.collector.pods.Sample;
import io.bugreport.collector.resources.ClusterObjects;
import io.bugreport.collector.rights.Need;
import io.bugreport.collector.rights.Rights;
import io.bugreport.collector.selection.Role;
import io.bugreport.collector.signing.SigningRequestWatch;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.Manifest.ClusterEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One cluster's part of a run: what it serves, its objects, then what its pods answer.
final class ClusterCollection {
  /// As `oc adm inspect` writes times: Go's default format.
  private static final DateTimeFormatter GO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS Z 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ClusterTarget target;
  private final CollectionOptions options;
  private final Ledger ledger;
  private final Evidence evidence;
  private final Stop stop;
  private final Engine engine;
  private final AtomicLong logBytes;
  private final SequencedMap<String, Long> phases = new LinkedHashMap<>();
  private final List<Need> needs = new CopyOnWriteArrayList<>();
  private final AtomicBoolean externalCa = new AtomicBoolean();
  private volatile @Nullable String serverVersion;

  /// @param workers how many requests at a time
  /// @param logBytes bytes that may still be kept of logs, of all clusters together
  ClusterCollection(
      ClusterTarget target,
      CollectionOptions options,
      int workers,
      AtomicLong logBytes,
      Ledger ledger,
      Evidence evidence,
      Stop stop) {
    this.target = target;
    this.options = options;
    this.logBytes = logBytes;
    this.ledger = ledger;
    this.evidence = evidence;
    this.stop = stop;
    this.engine = new Engine(workers, options.perNode(), stop);
  }

  ClusterEntry entry() {
    return new ClusterEntry(target.name(), target.context(), serverVersion);
  }

  /// Milliseconds of each phase that has ended.
  synchronized SequencedMap<String, Long> phases() {
    return new LinkedHashMap<>(phases);
  }

  void collect() throws IOException {
    var began = Instant.now();
    Supplier<Deadline> deadline = () -> Deadline.in(options.itemTimeout(), stop);
    try (var api = new ApiServer(target.config(), engine)) {
      List<Pod> pods = new ArrayList<>();
      var rights = new Rights(target.name(), api, ledger, deadline);
      var objects =
          new ClusterObjects(
              target.name(),
              api,
              ledger,
              evidence,
              deadline,
              options.scope(),
              rights,
              target.config().getNamespace());
      try (var certificates = new CertificateFile(target.name(), ledger, evidence);
          var helm = new HelmReleases(target.name(), ledger, evidence)) {
        collect(objects, pods, certificates, helm, api, rights, deadline);
      }
    }
    var lines = GO_TIME.format(began) + "\n" + GO_TIME.format(Instant.now()) + "\n";
    evidence.write(Layout.timestamp(target.name()), lines);
  }

  private void collect(
      ClusterObjects objects,
      List<Pod> pods,
      CertificateFile certificates,
      HelmReleases helm,
      ApiServer api,
      Rights rights,
      Supplier<Deadline> deadline)
      throws IOException {
    var lists = new AtomicReference<ClusterObjects.Lists>();
    timed(
        "discovery",
        () -> {
          serverVersion = objects.version();
          lists.set(
              objects.discover(
                  object -> take(object, pods),
                  object -> Pod.of(object).role().isInfrastructure(),
                  (kind, object) -> {
                    certificates.add(kind, object);
                    helm.add(kind, object);
                  }));
          needs.addAll(lists.get().needs());
        });
    var watch = watch(lists.get(), api);
    timed(
        "resources",
        () -> {
          engine.run(lists.get().namespaces());
          engine.run(lists.get().pods());
          engine.run(lists.get().elsewhere());
          needs.addAll(podNeeds(rights, pods));
          run(lists.get().others());
          helm.close();
          certificates.close();
        });
    var tasks = podTasks(pods, api, rights, deadline);
    if (!options.configurationOnly()) {
      timed("pods", () -> run(tasks));
    }
    if (watch != null) {
      timed("csr-watch", () -> watch.finish(externalCa.get() ? options.csrWatch() : Duration.ZERO));
    }
  }

  /// Signing requests live for a minute: they are watched while everything else is collected.
  private @Nullable SigningRequestWatch watch(ClusterObjects.Lists lists, ApiServer api) {
    if (options.planOnly()
        || options.configurationOnly()
        || !options.scope().clusterScoped()
        || !lists.signingRequests()) {
      return null;
    }
    var watch =
        new SigningRequestWatch(target.name(), api, ledger, evidence, stop, options.runTimeout());
    watch.start();
    return watch;
  }

  private void take(Node.Mapping object, List<Pod> pods) {
    var pod = Pod.of(object);
    if (pod.role() == Role.ISTIOD && Pod.asksExternalCa(object)) {
      externalCa.set(true);
    }
    if (options.scope().takes(pod.candidate(object))) {
      synchronized (pods) {
        pods.add(pod);
      }
    }
  }

  /// Runs tasks, or only finds out what would become of them.
  private void run(List<Task> tasks) {
    if (options.planOnly()) {
      tasks.forEach(Task::settle);
    } else {
      engine.run(tasks);
    }
  }

  /// Logs and ways to the ports of pods: in the whole cluster, or where the run is about and where
  /// it found pods that serve the mesh.
  private List<Need> podNeeds(Rights rights, List<Pod> pods) {
    var namespaces = new TreeSet<>(options.scope().namespacesToList());
    if (namespaces.isEmpty()) {
      namespaces.add("");
    } else {
      synchronized (pods) {
        pods.forEach(pod -> namespaces.add(pod.namespace()));
      }
    }
    List<Need> found = new ArrayList<>();
    for (var namespace : namespaces) {
      found.add(rights.need(namespace, "", "pods/log", "get"));
      var ports = rights.need(namespace, "", "pods/portforward", "get", "create");
      var commands = rights.need(namespace, "", "pods/exec", "get", "create");
      // A command in the container asks only where ports may not be forwarded.
      found.add(!ports.held() && commands.held() ? commands : ports);
    }
    return found;
  }

  /// The rights that it makes use of.
  List<Need> needs() {
    return List.copyOf(needs);
  }

  /// Whatever is collected from pods is one line here.
  private List<Task> podTasks(
      List<Pod> pods, ApiServer api, Rights rights, Supplier<Deadline> deadline) {
    var logs =
        new LogSetting(
            target.name(), api, ledger, evidence, deadline, options.logs(), logBytes, rights);
    var setting =
        new EndpointSetting(
            target.name(),
            api,
            ledger,
            evidence,
            deadline,
            options.answerBytes(),
            options.nameTablesPerIstiod(),
            options.scope(),
            rights);
    List<Pod> sorted;
    synchronized (pods) {
      sorted =
          Sample.of(pods, options.scope().perWorkload(), target.name(), ledger).stream()
              .sorted(
                  Comparator.comparing((Pod p) -> !p.role().isInfrastructure())
                      .thenComparing(Pod::namespace)
                      .thenComparing(Pod::name))
              .toList();
    }
    List<Task> tasks = new ArrayList<>();
    // Those that take longest begin first, and what serves the mesh before what it serves.
    sorted.forEach(pod -> IstiodTask.of(setting, pod).ifPresent(tasks::add));
    for (var pod : sorted) {
      ProxyTask.of(setting, pod).ifPresent(tasks::add);
      tasks.addAll(LogTask.of(logs, pod));
    }
    return tasks;
  }

  /// Part of a run.
  @FunctionalInterface
  private interface Phase {
    void run() throws IOException;
  }

  private void timed(String name, Phase phase) throws IOException {
    var start = System.nanoTime();
    try {
      phase.run();
    } finally {
      synchronized (this) {
        phases.put(name, Duration.ofNanos(System.nanoTime() - start).toMillis());
      }
    }
  }
}
