package io.bugreport.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.Section;
import io.bugreport.model.envoy.UpstreamCluster;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyScanTest {
  private static final String DUMP =
      """
      {"configs": [
        {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
         "static_clusters": [{"cluster": {"name": "one"}}, {"cluster": {"name": "two"}}]},
        {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump",
         "static_route_configs": [{"route_config": {"name": "web"}}]}
      ]}
      """;
  private static final ResourceId ALL = new ResourceId("west", "", "Pod", "default", "all");
  private static final String UPSTREAMS = "{\"cluster_statuses\": [{\"name\": \"three\"}]}";

  @TempDir private Path folder;

  /// Tells, for each proxy, all that it was told.
  private static class Telling implements ProxyAnalyzer<String> {
    private final Set<Section> sections;

    Telling(Set<Section> sections) {
      this.sections = sections;
    }

    @Override
    public Set<Section> sections() {
      return sections;
    }

    @Override
    public ProxyReader<String> reader(ProxyPass pass) {
      List<String> told = new ArrayList<>();
      return new ProxyReader<>() {
        @Override
        public void entry(ConfigDump.Entry entry) {
          told.add(entry.name().orElse(""));
        }

        @Override
        public void upstream(UpstreamCluster cluster) {
          told.add(cluster.name());
        }

        @Override
        public String result() {
          return pass.pod().name() + told;
        }
      };
    }

    @Override
    public List<Observation> analyze(Mesh mesh) {
      return mesh.proxies(this).stream()
          .map(told -> Observation.of(ALL, Location.ofLine("f", 1), told))
          .toList();
    }
  }

  private static final class Failing extends Telling {
    Failing() {
      super(Set.of(Section.CLUSTERS));
    }

    @Override
    public ProxyReader<String> reader(ProxyPass pass) {
      throw new AssertionError("built against another version");
    }
  }

  @BeforeEach
  void collected() throws IOException {
    write(Layout.COLLECTION, "");
    for (var pod : List.of("a", "b", "c")) {
      write(answer(pod, Endpoint.ENVOY_CONFIG_DUMP), DUMP);
      write(answer(pod, Endpoint.ENVOY_CLUSTERS), UPSTREAMS);
    }
  }

  @Test
  void tellsEachCheckOfItsSectionsAndEndpointsInOrderOfTheProxies() throws IOException {
    var diagnosis =
        run(
            check("clusters", Set.of(Section.CLUSTERS), Endpoint.ENVOY_CONFIG_DUMP),
            check(
                "both",
                Set.of(Section.ROUTES),
                Endpoint.ENVOY_CLUSTERS,
                Endpoint.ENVOY_CONFIG_DUMP));

    assertThat(said(diagnosis, "clusters"))
        .containsExactly("a[one, two]", "b[one, two]", "c[one, two]");
    assertThat(said(diagnosis, "both"))
        .containsExactly("a[web, three]", "b[web, three]", "c[web, three]");
  }

  @Test
  void anAnswerThatBreaksOffIsAGapOfThoseThatReadIt() throws IOException {
    write(answer("b", Endpoint.ENVOY_CLUSTERS), UPSTREAMS.substring(0, 30));

    var diagnosis =
        run(
            check("dumps", Set.of(Section.ROUTES), Endpoint.ENVOY_CONFIG_DUMP),
            check("upstreams", Set.of(), Endpoint.ENVOY_CLUSTERS));

    assertThat(said(diagnosis, "dumps")).containsExactly("a[web]", "b[web]", "c[web]");
    assertThat(said(diagnosis, "upstreams")).containsExactly("a[three]", "c[three]");
    assertThat(gaps(diagnosis, "upstreams"))
        .anyMatch(gap -> gap.what().equals(answer("b", Endpoint.ENVOY_CLUSTERS)));
  }

  @Test
  void aReaderThatFailsCostsItsOwnCheckAlone() throws IOException {
    var diagnosis =
        run(
            definition("failing", new Failing(), Endpoint.ENVOY_CONFIG_DUMP),
            check("sound", Set.of(Section.ROUTES), Endpoint.ENVOY_CONFIG_DUMP));

    assertThat(said(diagnosis, "sound")).hasSize(3);
    assertThat(gaps(diagnosis, "failing"))
        .anyMatch(gap -> gap.why().contains("built against another version"));
  }

  private static CheckDefinition check(String id, Set<Section> sections, Endpoint... endpoints) {
    return definition(id, new Telling(sections), endpoints);
  }

  private static CheckDefinition definition(String id, Analyzer analyzer, Endpoint... endpoints) {
    return new CheckDefinition(
        id,
        List.of("T-01"),
        "Test",
        Severity.ERROR,
        List.of(),
        List.of(endpoints),
        "",
        "Why.\n\n## Fix\n\nThis.\n",
        analyzer);
  }

  private Diagnosis run(CheckDefinition... checks) throws IOException {
    try (var snapshot = Snapshot.of(ArchiveReader.open(folder), Instant.EPOCH)) {
      return new CheckRunner(snapshot).run(new CheckCatalogue(List.of(checks)));
    }
  }

  private static List<String> said(Diagnosis diagnosis, String check) {
    return diagnosis.conclusions().stream()
        .filter(c -> c.check().equals(check))
        .filter(Conclusion.Found.class::isInstance)
        .flatMap(c -> ((Conclusion.Found) c).findings().stream())
        .map(f -> f.message())
        .toList();
  }

  private static List<Conclusion.Gap> gaps(Diagnosis diagnosis, String check) {
    return diagnosis.conclusions().stream()
        .filter(c -> c.check().equals(check))
        .flatMap(
            c ->
                switch (c) {
                  case Conclusion.Found found -> found.gaps().stream();
                  case Conclusion.NotEvaluated blind -> blind.gaps().stream();
                  default -> List.<Conclusion.Gap>of().stream();
                })
        .toList();
  }

  private static String answer(String pod, Endpoint endpoint) {
    return Layout.answer("west", "default", pod, "istio-proxy", endpoint.file());
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
