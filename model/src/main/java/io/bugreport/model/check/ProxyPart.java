package io.bugreport.model.check;

import io.bugreport.model.check.ProxyScan.Wanted;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.finding.Conclusion.Gap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One check's part in the reading of one proxy. Whatever its reader throws ends that check's
/// reading, and no other's.
final class ProxyPart {

  /// What one proxy gave to one check, or why nothing.
  record Outcome(Optional<Object> result, List<Gap> gaps) {
    Outcome {
      gaps = List.copyOf(gaps);
    }
  }

  private final Wanted wanted;
  private final Set<Section> sections;
  private final Map<String, Throwable> failures;
  private final List<Gap> gaps = new ArrayList<>();
  private @Nullable ProxyReader<?> reader;
  private @Nullable Object result;

  /// @param failures where to note what the reader throws, by check
  ProxyPart(Wanted wanted, ProxyPass pass, Map<String, Throwable> failures) {
    this.wanted = wanted;
    this.sections = wanted.analyzer().sections();
    this.failures = failures;
    attempt(() -> reader = wanted.analyzer().reader(pass));
  }

  String check() {
    return wanted.check();
  }

  Set<Section> sections() {
    return sections;
  }

  /// What it reads to the end of each entry.
  Set<Section> whole() {
    var whole = EnumSet.noneOf(Section.class);
    whole.addAll(sections);
    whole.removeAll(wanted.analyzer().heads());
    return whole;
  }

  boolean reads(Endpoint endpoint) {
    return wanted.endpoints().contains(endpoint);
  }

  void entry(ConfigDump.Entry entry) {
    var to = reader;
    if (to != null && sections.contains(entry.section())) {
      attempt(() -> to.entry(entry));
    }
  }

  void upstream(UpstreamCluster cluster) {
    var to = reader;
    if (to != null) {
      attempt(() -> to.upstream(cluster));
    }
  }

  /// That an answer could not be read to its end.
  void lacks(Gap gap) {
    gaps.add(gap);
  }

  Outcome end() {
    var to = reader;
    if (to != null && gaps.isEmpty()) {
      attempt(() -> result = to.result());
    }
    return new Outcome(Optional.ofNullable(result), gaps);
  }

  private void attempt(Runnable work) {
    if (!failures.containsKey(check())) {
      try {
        work.run();
      } catch (RuntimeException | Error e) { // a plugin may be built against another version
        failures.putIfAbsent(check(), e);
      }
    }
  }
}
