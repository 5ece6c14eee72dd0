package io.bugreport.report.view;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which Istio a snapshot shows, as far as it says.
///
/// @param versions what every istiod answers, or else what the images are tagged with
/// @param modes `sidecar`, `ambient`, or both
public record Istio(List<String> versions, List<String> modes) {
  private static final Pattern RELEASE =
      Pattern.compile("^\\d+\\.\\d+(\\.\\d+)?(-(alpha|beta|rc)[.\\d]*)?");
  private static final int VERSION_LENGTH = 40;

  public Istio {
    versions = List.copyOf(versions);
    modes = List.copyOf(modes);
  }

  public static Istio of(Snapshot snapshot) {
    var reading = new Reading();
    var versions = new TreeSet<String>();
    var tags = new TreeSet<String>();
    var sidecar = false;
    var ambient = false;
    for (var cluster : snapshot.clusters()) {
      for (var answer : cluster.answers(Endpoint.ISTIOD_VERSION)) {
        reading
            .text(answer)
            .filter(text -> !text.isEmpty())
            .map(Istio::release)
            .ifPresent(versions::add);
      }
      ambient |= !cluster.answers(Endpoint.ZTUNNEL_CONFIG_DUMP).isEmpty();
      for (var pod : reading.all(cluster, ResourceKind.POD)) {
        sidecar |= proxyContainer(pod).isPresent();
        ambient |= "ztunnel".equals(pod.labels().get("app"));
        for (var container : pod.fields("spec.containers.*")) {
          if (container.text("name").equals("discovery")) {
            tag(container.text("image")).ifPresent(tags::add);
          }
        }
      }
    }
    List<String> modes = new ArrayList<>();
    if (sidecar) {
      modes.add("sidecar");
    }
    if (ambient) {
      modes.add("ambient");
    }
    return new Istio(List.copyOf(versions.isEmpty() ? tags : versions), modes);
  }

  /// The container of a pod that is its proxy. Istio injects it as a container, or as an init
  /// container that keeps running.
  static Optional<Field> proxyContainer(Resource pod) {
    for (var containers : List.of("spec.containers.*", "spec.initContainers.*")) {
      for (var container : pod.fields(containers)) {
        if (container.text("name").equals("istio-proxy")) {
          return Optional.of(container);
        }
      }
    }
    return Optional.empty();
  }

  /// `1.30.1` of `1.30.1-86c9f01fd73-Clean`.
  static String release(String answer) {
    var matcher = RELEASE.matcher(answer);
    return matcher.find() ? matcher.group() : Wording.cut(Visible.line(answer), VERSION_LENGTH);
  }

  private static Optional<String> tag(String image) {
    var name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    var colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/')
        ? Optional.of(release(name.substring(colon + 1)))
        : Optional.empty();
  }

  /// `Istio 1.30.1, sidecar`.
  public String text() {
    var version =
        versions.isEmpty() ? "Istio version unknown" : "Istio " + String.join(", ", versions);
    return modes.isEmpty() ? version : version + " · " + String.join(" and ", modes);
  }
}
