package io.bugreport.model.check;

import io.bugreport.model.check.ProxyPart.Outcome;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// One pass over what proxies hold, for all checks that read it, with a thread for each core. Held
/// are the readers' results and, for each thread, one entry of one answer: memory does not grow
/// with the answers.
final class ProxyScan {

  /// A check that reads proxies.
  ///
  /// @param endpoints what it reads of them
  record Wanted(String check, ProxyAnalyzer<?> analyzer, Set<Endpoint> endpoints) {
    static Stream<Wanted> of(CheckDefinition check) {
      if (!(check.analyzer() instanceof ProxyAnalyzer<?> analyzer)) {
        return Stream.of();
      }
      var endpoints = EnumSet.noneOf(Endpoint.class);
      check.endpoints().stream().filter(ProxyAnalyzer.READ_ONCE::contains).forEach(endpoints::add);
      return Stream.of(new Wanted(check.id(), analyzer, endpoints));
    }
  }

  private final List<Wanted> wanted;
  private final Map<String, Outcome[]> outcomes = new HashMap<>();

  /// What a check's readers threw first.
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

  private ProxyScan(List<Wanted> wanted) {
    this.wanted = wanted;
  }

  /// Reads what these checks look into, and nothing else.
  static ProxyScan of(Snapshot snapshot, List<CheckDefinition> checks) {
    var scan = new ProxyScan(checks.stream().flatMap(Wanted::of).toList());
    if (!scan.wanted.isEmpty()) {
      scan.read(passes(snapshot));
    }
    return scan;
  }

  /// The proxies that answered, sorted.
  private static List<ProxyPass> passes(Snapshot snapshot) {
    var passes = new LinkedHashMap<ResourceId, ProxyPass>();
    for (var cluster : snapshot.clusters()) {
      for (var endpoint : ProxyAnalyzer.READ_ONCE) {
        for (var answer : cluster.answers(endpoint)) {
          passes.merge(
              answer.pod(),
              new ProxyPass(answer.pod(), snapshot.collectedAt(), Map.of(endpoint, answer)),
              ProxyPass::and);
        }
      }
    }
    return passes.values().stream().sorted(Comparator.comparing(ProxyPass::pod)).toList();
  }

  private void read(List<ProxyPass> passes) {
    wanted.forEach(w -> outcomes.put(w.check(), new Outcome[passes.size()]));
    var next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    var count = Math.min(passes.size(), Runtime.getRuntime().availableProcessors());
    for (var i = 0; i < count; i++) {
      var name = "proxies " + i;
      threads.add(Thread.ofPlatform().daemon().name(name).start(() -> read(passes, next)));
    }
    threads.forEach(ProxyScan::join);
  }

  /// Waits to the end even when interrupted: half of the proxies would look like all of them.
  private static void join(Thread thread) {
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(List<ProxyPass> passes, AtomicInteger next) {
    for (var at = next.getAndIncrement(); at < passes.size(); at = next.getAndIncrement()) {
      var pass = passes.get(at);
      var parts =
          wanted.stream()
              .filter(w -> w.endpoints().stream().anyMatch(pass.answers()::containsKey))
              .map(w -> new ProxyPart(w, pass, failures))
              .toList();
      for (var endpoint : ProxyAnalyzer.READ_ONCE) {
        var readers = parts.stream().filter(p -> p.reads(endpoint)).toList();
        if (!readers.isEmpty()) {
          read(pass, endpoint, readers);
        }
      }
      for (var part : parts) {
        Objects.requireNonNull(outcomes.get(part.check()))[at] = part.end();
      }
    }
  }

  private static void read(ProxyPass pass, Endpoint endpoint, List<ProxyPart> readers) {
    var answer = pass.answers().get(endpoint);
    if (answer == null) {
      return;
    }
    try {
      if (endpoint == Endpoint.ENVOY_CLUSTERS) {
        UpstreamCluster.read(answer, cluster -> readers.forEach(r -> r.upstream(cluster)));
      } else {
        var sections = EnumSet.noneOf(Section.class);
        var whole = EnumSet.noneOf(Section.class);
        readers.forEach(r -> sections.addAll(r.sections()));
        readers.forEach(r -> whole.addAll(r.whole()));
        var selection = new ConfigDump.Selection(whole, sections);
        ConfigDump.read(answer, selection, entry -> readers.forEach(r -> r.entry(entry)));
      }
    } catch (IOException e) {
      var gap = new Gap(answer.path(), "cannot be read: " + e.getMessage());
      readers.forEach(r -> r.lacks(gap));
    }
  }

  /// What the readers of a check kept, sorted by proxy.
  ///
  /// @throws IllegalStateException when one of them failed
  List<Object> results(String check) {
    var failure = failures.get(check);
    if (failure != null) {
      throw new IllegalStateException(failure.toString(), failure);
    }
    return all(check).flatMap(o -> o.result().stream()).toList();
  }

  /// The answers that could not be read for a check.
  List<Gap> unreadable(String check) {
    return all(check).flatMap(o -> o.gaps().stream()).toList();
  }

  private Stream<Outcome> all(String check) {
    return Arrays.stream(outcomes.getOrDefault(check, new Outcome[0])).filter(Objects::nonNull);
  }
}
