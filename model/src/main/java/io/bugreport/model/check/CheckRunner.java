package io.bugreport.model.check;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/// Runs checks over a snapshot. It decides, alike for all of them, when a check could not see
/// enough.
public final class CheckRunner {
  /// How long a check may take; the slowest known one takes a second over 16,000 objects.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Snapshot snapshot;
  private final Blindness blindness;
  private final Excerpts excerpts;
  private final Isolation isolation;
  private final ReadWriteLock beside = new ReentrantReadWriteLock(true);
  private final Map<Finding, List<String>> ties = new ConcurrentHashMap<>();

  public CheckRunner(Snapshot snapshot) {
    this(snapshot, LIMIT);
  }

  /// @param limit how long each check may take
  public CheckRunner(Snapshot snapshot, Duration limit) {
    this.snapshot = snapshot;
    this.blindness = new Blindness(snapshot);
    this.excerpts = new Excerpts(snapshot.archive());
    this.isolation = new Isolation(limit);
  }

  /// Runs all of them, on all cores, and puts findings that follow from another under it.
  public Diagnosis run(CheckCatalogue catalogue) {
    var logs = LogScan.of(snapshot, catalogue.checks());
    var proxies = ProxyScan.of(snapshot, catalogue.checks());
    return new RootCauses(catalogue, ties)
        .group(
            new Diagnosis(
                catalogue.checks().stream()
                    .gather(
                        Gatherers.mapConcurrent(
                            Runtime.getRuntime().availableProcessors(),
                            check -> run(check, () -> new Mesh(snapshot, check, logs, proxies))))
                    .toList()));
  }

  /// Runs one. Whatever it throws is its own conclusion, and costs no other check anything.
  public Conclusion run(CheckDefinition check) {
    return run(check, () -> mesh(check));
  }

  private Mesh mesh(CheckDefinition check) {
    var alone = List.of(check);
    return new Mesh(snapshot, check, LogScan.of(snapshot, alone), ProxyScan.of(snapshot, alone));
  }

  /// What a check concludes, and what it asked for on the way.
  public record Trial(
      Conclusion conclusion,
      Set<ResourceKind> resources,
      Set<Endpoint> endpoints,
      Set<Source> sources) {
    public Trial {
      sources = Set.copyOf(sources);
      resources = Set.copyOf(resources);
      endpoints = Set.copyOf(endpoints);
    }
  }

  /// Runs one and notes what it asks for: for tests that hold a check's declaration against what it
  /// does.
  public Trial tryOut(CheckDefinition check) {
    var mesh = mesh(check);
    var conclusion = run(check, () -> mesh);
    return new Trial(conclusion, mesh.askedResources(), mesh.askedEndpoints(), mesh.askedSources());
  }

  /// Runs a check beside others. When memory ran out, one of them took it: it runs again when no
  /// other does, and then it was its own doing.
  private Conclusion run(CheckDefinition check, Supplier<Mesh> mesh) {
    beside.readLock().lock();
    try {
      return conclude(check, mesh.get());
    } catch (OutOfMemoryError _) {
      // Again below, after the lock is given back.
    } finally {
      beside.readLock().unlock();
    }
    beside.writeLock().lock();
    try {
      return conclude(check, mesh.get());
    } catch (OutOfMemoryError e) {
      return new Conclusion.NotEvaluated(check.id(), List.of(gap(check, e)));
    } finally {
      beside.writeLock().unlock();
    }
  }

  private Conclusion conclude(CheckDefinition check, Mesh mesh) {
    List<Gap> gaps = new ArrayList<>();
    var blind = false;
    for (var kind : check.resources()) {
      var unseen = blindness.gaps(kind);
      gaps.addAll(unseen);
      // With some Services unseen, "no such Service" would be a guess.
      blind |= !unseen.isEmpty() && check.needs(kind);
    }
    if (blind) {
      return new Conclusion.NotEvaluated(check.id(), gaps);
    }
    for (var endpoint : check.endpoints()) {
      gaps.addAll(blindness.gaps(endpoint));
    }
    for (var source : check.sources()) {
      gaps.addAll(blindness.gaps(source));
    }
    try {
      var observations = isolation.run(check.id(), () -> check.analyzer().analyze(mesh));
      gaps.addAll(mesh.unreadable());
      var findings = findings(check, observations);
      if (!findings.isEmpty()) {
        return new Conclusion.Found(check.id(), findings, gaps);
      }
      var absent = absent(check);
      if (absent != null && gaps.isEmpty()) {
        return new Conclusion.NotApplicable(check.id(), absent);
      }
    } catch (TimeoutException _) {
      gaps.add(
          failed(check, "it did not end within " + isolation.limit().toSeconds() + " seconds"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError full) {
        throw full;
      }
      gaps.add(gap(check, e.getCause() == null ? e : e.getCause()));
    } catch (IOException | RuntimeException e) {
      gaps.add(gap(check, e));
    }
    return gaps.isEmpty()
        ? new Conclusion.Passed(check.id())
        : new Conclusion.NotEvaluated(check.id(), gaps);
  }

  private List<Finding> findings(CheckDefinition check, List<Observation> observations) {
    List<Finding> findings = new ArrayList<>();
    excerpts.prepare(observations.stream().flatMap(o -> o.locations().stream()).toList());
    for (var observation : observations) {
      var finding = finding(check, observation);
      findings.add(finding);
      if (!observation.ties().isEmpty()) {
        ties.put(finding, observation.ties());
      }
    }
    return findings.stream().sorted(Finding.ORDER).toList();
  }

  private static Gap gap(CheckDefinition check, Throwable problem) {
    // Errors too: a plugin may be built against another version, recurse, or fill the memory.
    return problem instanceof IOException
        ? new Gap("evidence", String.valueOf(problem.getMessage()))
        : failed(check, said(problem));
  }

  private static Gap failed(CheckDefinition check, String how) {
    return new Gap(check.id(), "the check itself failed, please report this: " + how);
  }

  private static String said(Throwable problem) {
    var message = problem.getMessage();
    var name = problem.getClass().getName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }

  /// What a check looks at first and this snapshot has none of, or null.
  private @Nullable String absent(CheckDefinition check) throws IOException {
    if (check.sources().contains(Source.MACHINES) && snapshot.machines().isEmpty()) {
      return "no virtual machine was collected";
    }
    if (!check.endpoints().isEmpty()) {
      var endpoint = check.endpoints().getFirst();
      return count(endpoint) == 0 ? "nothing here answers " + endpoint.readableName() : null;
    }
    if (check.resources().isEmpty()) {
      return check.sources().isEmpty()
              || check.sources().contains(Source.MACHINES)
              || count(check.sources()) > 0
          ? null
          : "there are no " + check.sources().getFirst().readableName();
    }
    if (check.eachKindAlone()) {
      for (var kind : check.resources()) {
        if (count(kind) > 0) {
          return null;
        }
      }
      return "there is no object of its kinds";
    }
    var kind = check.resources().getFirst();
    return count(kind) == 0 ? "there is no " + kind.kind() : null;
  }

  /// The files of these sources.
  private long count(List<Source> sources) {
    return snapshot.clusters().stream()
        .flatMap(c -> c.files().stream())
        .flatMap(path -> Layout.containerFile(path).stream())
        .flatMap(file -> Source.ofLog(file).stream())
        .filter(sources::contains)
        .count();
  }

  private int count(Endpoint endpoint) {
    return snapshot.clusters().stream().mapToInt(c -> c.answers(endpoint).size()).sum();
  }

  private int count(ResourceKind kind) throws IOException {
    var count = 0;
    for (var cluster : snapshot.clusters()) {
      count += cluster.all(kind).size();
    }
    return count;
  }

  private Finding finding(CheckDefinition check, Observation observation) {
    var code = observation.code() == null ? check.codes().getFirst() : observation.code();
    if (!check.codes().contains(code)) {
      throw new IllegalStateException(
          check.id() + " reports " + code + ": name it in @Check(codes)");
    }
    return new Finding(
        code,
        check.id(),
        observation.severity() == null ? check.severity() : observation.severity(),
        check.title(),
        observation.message(),
        observation.resource(),
        observation.related(),
        excerpts.of(observation.locations()),
        check.fix(),
        check.docs(),
        null);
  }
}
