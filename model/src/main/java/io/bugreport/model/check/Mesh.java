package io.bugreport.model.check;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogPattern;
import io.bugreport.model.machine.Machine;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Answer;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.CollectedItem;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.model.snapshot.StoredCertificate;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a check sees of a snapshot: the inputs that it declared, and nothing else.
public final class Mesh {
  private final Snapshot snapshot;
  private final CheckDefinition check;
  private final LogScan logs;
  private final ProxyScan proxies;
  private final Set<ResourceKind> askedResources = EnumSet.noneOf(ResourceKind.class);
  private final Set<Endpoint> askedEndpoints = EnumSet.noneOf(Endpoint.class);
  private final Set<Source> askedSources = EnumSet.noneOf(Source.class);
  private final List<Gap> unreadable = new ArrayList<>();

  Mesh(Snapshot snapshot, CheckDefinition check, LogScan logs, ProxyScan proxies) {
    this.snapshot = snapshot;
    this.check = check;
    this.logs = logs;
    this.proxies = proxies;
  }

  /// When the snapshot was taken: the only clock of a check.
  public Instant collectedAt() {
    return snapshot.collectedAt();
  }

  /// The names of the clusters, sorted.
  public List<String> clusters() {
    return snapshot.clusters().stream().map(Cluster::name).toList();
  }

  /// The version of a cluster's API server, such as `v1.31.2`.
  ///
  /// @return empty where the snapshot does not have it
  public Optional<String> kubernetesVersion(String cluster) throws IOException {
    var path = Layout.version(cluster);
    if (!snapshot.archive().has(path)) {
      return Optional.empty();
    }
    List<String> versions = new ArrayList<>();
    try (var in = snapshot.archive().open(path)) {
      DocumentReader.read(
          path, in, node -> versions.add(new Field(path, "", node).text("gitVersion")));
    }
    return versions.stream().filter(version -> !version.isEmpty()).findFirst();
  }

  /// All objects of a kind in all clusters, sorted by cluster, namespace and name.
  ///
  /// @throws IllegalStateException when the check did not declare this kind
  public List<Resource> all(ResourceKind kind) throws IOException {
    if (!check.resources().contains(kind)) {
      throw new IllegalStateException(
          check.id() + " reads " + kind + ": name it in @Check(resources)");
    }
    askedResources.add(kind);
    List<Resource> all = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      all.addAll(cluster.all(kind));
    }
    return all;
  }

  /// One object, if it is there.
  public Optional<Resource> find(ResourceKind kind, String cluster, String namespace, String name)
      throws IOException {
    return all(kind).stream()
        .filter(r -> r.id().cluster().equals(cluster))
        .filter(r -> r.namespace().equals(namespace) && r.name().equals(name))
        .findFirst();
  }

  /// All answers of an endpoint in all clusters, sorted by cluster, namespace, pod and container.
  ///
  /// @throws IllegalStateException when the check did not declare this endpoint
  public List<Answer> answers(Endpoint endpoint) {
    if (!check.endpoints().contains(endpoint)) {
      throw new IllegalStateException(
          check.id() + " reads " + endpoint + ": name it in @Check(endpoints)");
    }
    askedEndpoints.add(endpoint);
    return snapshot.clusters().stream().flatMap(c -> c.answers(endpoint).stream()).toList();
  }

  /// Summaries of the certificates in Secrets and ConfigMaps of all clusters.
  ///
  /// @return none of a cluster where they were not collected
  /// @throws IllegalStateException when the check did not declare them
  public List<StoredCertificate> certificates() throws IOException {
    ask(Source.CERTIFICATES);
    List<StoredCertificate> all = new ArrayList<>();
    for (var cluster : snapshot.clusters()) {
      all.addAll(cluster.certificates());
    }
    return all;
  }

  /// The virtual machines that were collected from, sorted by name.
  ///
  /// @throws IllegalStateException when the check did not declare them
  public List<Machine> machines() {
    ask(Source.MACHINES);
    return snapshot.machines();
  }

  /// Whether a file of a machine is there. One that could not be had is a gap of the check.
  ///
  /// @return false also where the machine has no such file, see [#isAbsent]
  public boolean has(Machine machine, MachineFile file) {
    if (machine.has(file)) {
      return true;
    }
    var item = item(machine, file);
    if (item.isEmpty() || item.get().outcome().isGap()) {
      unseen(
          ItemId.machine(machine.name(), file.path()).toString(),
          item.map(i -> i.outcome().word() + ": " + i.reason()).orElse("not in this archive"));
    }
    return false;
  }

  /// Whether the machine was seen to have no such file.
  public boolean isAbsent(Machine machine, MachineFile file) {
    return item(machine, file).filter(i -> !i.outcome().isGap()).isPresent() && !machine.has(file);
  }

  private Optional<CollectedItem> item(Machine machine, MachineFile file) {
    var id = ItemId.machine(machine.name(), file.path()).toString();
    return snapshot.items().stream().filter(i -> i.id().equals(id)).findFirst();
  }

  /// What a pattern of this check found in the logs that the check declares.
  ///
  /// @throws IllegalStateException when it declares none
  public List<LogHits> hits(LogPattern pattern) {
    var sources = check.sources().stream().filter(Source::isLog).toList();
    if (sources.isEmpty()) {
      throw new IllegalStateException(check.id() + " reads logs: name them in @Check(sources)");
    }
    sources.forEach(
        source -> {
          if (!askedSources.contains(source)) {
            unreadable.addAll(logs.unreadable(source));
          }
          askedSources.add(source);
        });
    return logs.hits(check.id(), pattern);
  }

  /// What the readers of this check kept, sorted by proxy.
  ///
  /// @param analyzer the check's own
  /// @throws IllegalStateException when it is another check's, or one of its readers failed
  @SuppressWarnings("unchecked") // a check's results are of its own readers
  public <T> List<T> proxies(ProxyAnalyzer<T> analyzer) {
    if (!check.analyzer().equals(analyzer)) {
      throw new IllegalStateException(check.id() + " asks for what another check's readers kept");
    }
    check.endpoints().stream()
        .filter(ProxyAnalyzer.READ_ONCE::contains)
        .forEach(askedEndpoints::add);
    unreadable.addAll(proxies.unreadable(check.id()));
    return (List<T>) proxies.results(check.id());
  }

  private void ask(Source source) {
    if (!check.sources().contains(source)) {
      throw new IllegalStateException(
          check.id() + " reads " + source + ": name it in @Check(sources)");
    }
    askedSources.add(source);
  }

  /// Makes something of an answer.
  @FunctionalInterface
  public interface AnswerReader<T> {
    T read(Answer answer) throws IOException;
  }

  /// Reads an answer. One that cannot be read costs no other: it becomes a gap of the check.
  ///
  /// @return empty where it cannot be read
  public <T> Optional<T> read(Answer answer, AnswerReader<T> reader) {
    try {
      return Optional.of(reader.read(answer));
    } catch (IOException e) {
      unreadable.add(new Gap(answer.path(), "cannot be read: " + e.getMessage()));
      return Optional.empty();
    }
  }

  /// Says that a check could not judge something that it found: a value was redacted, say. The
  /// check then did not pass, and its findings stand beside the gap.
  ///
  /// @param what such as `Secret shop/certificate`
  public void unseen(String what, String why) {
    unreadable.add(new Gap(what, why));
  }

  /// The answers that could not be read, and what else could not be judged.
  List<Gap> unreadable() {
    return unreadable.stream().distinct().toList(); // a check may have run twice
  }

  /// The kinds that were asked for: for the test that holds a check's declaration against what it
  /// does.
  Set<ResourceKind> askedResources() {
    return Set.copyOf(askedResources);
  }

  /// The endpoints that were asked for.
  Set<Endpoint> askedEndpoints() {
    return Set.copyOf(askedEndpoints);
  }

  /// What else was asked for.
  Set<Source> askedSources() {
    return Set.copyOf(askedSources);
  }
}
