package io.bugreport.analyzers.controlplane;

import static io.bugreport.model.endpoint.Endpoint.ISTIOD_SYNCZ;
import static io.bugreport.model.endpoint.Endpoint.ISTIOD_VERSION;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.istiod.SyncStatus;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Proxies are newer than the istiod that configures them, which Istio does not support, or more
/// than one minor version older, which it does not test. They may reject what they are sent, or do
/// not know what it means.
///
/// After an upgrade of istiod, the proxies of pods that were not created anew stay at their
/// version.
///
/// ## Fix
///
/// See which version each proxy has, and create the pods anew that are behind:
///
/// ```sh
/// istioctl version
/// istioctl proxy-status
/// kubectl -n NAMESPACE rollout restart deployment NAME
/// ```
///
/// Where proxies are newer, upgrade istiod: it always goes first.
@Check(
    codes = "INS-07",
    title = "Proxies of another version than istiod supports",
    severity = Severity.WARNING,
    endpoints = {ISTIOD_SYNCZ, ISTIOD_VERSION})
public final class VersionSkew implements Analyzer {
  private static final int MAX_BEHIND = 1;
  private static final int LENGTH = 200;
  private static final Pattern VERSION = Pattern.compile("^v?(\\d{1,3})\\.(\\d{1,3})(\\D|$)");

  private record Version(int major, int minor) {
    static Optional<Version> parse(String text) {
      var match = VERSION.matcher(text.strip());
      return match.find()
          ? Optional.of(
              new Version(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
          : Optional.empty();
    }
  }

  private record Pod(String cluster, String namespace, String name) {
    static Pod of(Answer answer) {
      return new Pod(answer.from().cluster(), answer.from().namespace(), answer.from().pod());
    }
  }

  @Override
  public List<Observation> analyze(Mesh mesh) {
    Map<Pod, Version> istiods = new HashMap<>();
    for (var answer : mesh.answers(ISTIOD_VERSION)) {
      mesh.read(answer, VersionSkew::version)
          .flatMap(Version::parse)
          .ifPresent(version -> istiods.put(Pod.of(answer), version));
    }
    List<Observation> observations = new ArrayList<>();
    for (var answer : mesh.answers(ISTIOD_SYNCZ)) {
      var istiod = istiods.get(Pod.of(answer));
      if (istiod != null) {
        mesh.read(answer, SyncStatus::read)
            .ifPresent(rows -> compare(answer, istiod, rows, observations));
      }
    }
    return observations;
  }

  private static String version(Answer answer) throws IOException {
    try (var in = answer.open()) {
      return new String(in.readNBytes(LENGTH), StandardCharsets.UTF_8);
    }
  }

  private static void compare(
      Answer answer, Version istiod, List<SyncStatus> rows, List<Observation> observations) {
    Map<String, List<SyncStatus>> unsupported = new TreeMap<>();
    for (var row : rows) {
      var proxy = Version.parse(row.version());
      if (proxy.isPresent() && proxy.get().major() == istiod.major()) {
        var behind = istiod.minor() - proxy.get().minor();
        if (behind < 0 || behind > MAX_BEHIND) {
          unsupported
              .computeIfAbsent(
                  proxy.get().major() + "." + proxy.get().minor(), _ -> new ArrayList<>())
              .add(row);
        }
      }
    }
    unsupported.forEach(
        (version, proxies) ->
            observations.add(
                Observation.of(
                    answer.pod(),
                    proxies.getFirst().location(),
                    "%d of its proxies %s of version %s, such as %s; this istiod is %d.%d."
                        .formatted(
                            proxies.size(),
                            proxies.size() == 1 ? "is" : "are",
                            version,
                            proxies.getFirst().proxy(),
                            istiod.major(),
                            istiod.minor()))));
  }
}
