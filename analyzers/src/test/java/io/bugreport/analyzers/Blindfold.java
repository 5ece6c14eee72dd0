package io.bugreport.analyzers;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Layout.Run;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.check.Source;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.snapshot.ItemId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One input of a check, taken away.
///
/// @param kind the kind that may not be listed, or null
/// @param endpoint the endpoint that does not answer, or null
/// @param source what else could not be had, or null
/// @param isIndispensable whether nothing can be concluded without it
record Blindfold(
    @Nullable ResourceKind kind,
    @Nullable Endpoint endpoint,
    @Nullable Source source,
    boolean isIndispensable) {

  /// One for each declared input. Indispensable are the kinds that the check needs, and the first
  /// endpoint of a check that has no other source.
  static List<Blindfold> of(CheckDefinition check) {
    List<Blindfold> blindfolds = new ArrayList<>();
    check
        .resources()
        .forEach(kind -> blindfolds.add(new Blindfold(kind, null, null, check.needs(kind))));
    for (var endpoint : check.endpoints()) {
      var first = endpoint.equals(check.endpoints().getFirst()) && check.sources().isEmpty();
      blindfolds.add(new Blindfold(null, endpoint, null, first));
    }
    check.sources().forEach(s -> blindfolds.add(new Blindfold(null, null, s, false)));
    return blindfolds;
  }

  /// What a check concludes about these files.
  static Conclusion conclusion(CheckDefinition check, Map<String, String> files)
      throws IOException {
    try (var snapshot = Fixture.open(files)) {
      return new CheckRunner(snapshot).run(check);
    }
  }

  /// The files of a fixture as they are when this input could not be had.
  Map<String, String> over(Fixture fixture, String outcome) {
    var files = new LinkedHashMap<>(fixture.files());
    if (endpoint != null) {
      files.keySet().removeIf(path -> isAnswer(path, endpoint));
    }
    if (source != null) {
      files.keySet().removeIf(path -> isOf(path, source));
    }
    var line =
        "{\"id\":\"%s\",\"source\":\"x\",\"outcome\":\"%s\",\"reason\":\"blindfold\"}\n"
            .formatted(id(), outcome);
    files.merge(Layout.COLLECTION, line, String::concat);
    return files;
  }

  private static boolean isAnswer(String path, Endpoint endpoint) {
    return Layout.containerFile(path)
        .filter(
            file ->
                endpoint.isPerProxy()
                    ? endpoint.proxyOf(file.file()).isPresent()
                    : endpoint.file().equals(file.file()))
        .isPresent();
  }

  private static boolean isOf(String path, Source source) {
    if (source == Source.MACHINES) {
      return Layout.machineOf(path).isPresent();
    }
    return source == Source.CERTIFICATES
        ? path.endsWith("/certificates.json")
        : Layout.containerFile(path).filter(f -> f.file().endsWith(".log")).isPresent();
  }

  private ItemId id() {
    if (source != null) {
      return switch (source) {
        case MACHINES -> ItemId.machine("vm", ItemId.CONNECTION);
        case CERTIFICATES -> ItemId.single("c1", "certificates");
        case ISTIOD_LOG -> ItemId.log("c1", "ns", "pod", "discovery", Run.CURRENT);
        case PROXY_LOG -> ItemId.log("c1", "ns", "pod", "istio-proxy", Run.CURRENT);
        case ZTUNNEL_LOG -> ItemId.log("c1", "ns", "ztunnel-1", "istio-proxy", Run.CURRENT);
      };
    }
    if (kind != null) {
      return ItemId.resources("c1", kind.group(), kind.plural());
    }
    if (endpoint == null) {
      throw new IllegalStateException("a blindfold covers a kind or an endpoint");
    }
    return endpoint.isPerProxy()
        ? ItemId.answer("c1", "ns", "pod", "c", endpoint, new ProxyId("pod", "ns"))
        : ItemId.answer("c1", "ns", "pod", "c", endpoint);
  }

  @Override
  public String toString() {
    return kind != null
        ? kind.resource()
        : source != null ? source.readableName() : String.valueOf(endpoint);
  }
}
