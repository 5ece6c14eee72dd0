package io.bugreport.model.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.model.envoy.ConfigDump.Entry;
import io.bugreport.model.envoy.ConfigDump.Selection;
import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigDumpTest {

  private static List<Entry> read(String json) throws IOException {
    return read(json, new Selection(Set.of(Section.values()), Set.of()));
  }

  private static List<Entry> read(String json, Selection selection) throws IOException {
    List<Entry> entries = new ArrayList<>();
    ConfigDump.read(
        "dump.json",
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        selection,
        entries::add);
    return entries;
  }

  @Test
  void readsNoMoreThanHeadsWhereTheySuffice() throws IOException {
    var entries =
        read(
            """
            {"configs": [
              {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "dynamic_listeners": [
                {"active_state": {"listener": {"name": "l", "address": {"port": 1}, "filters": [{"name": "f"}]}},
                 "error_state": {"details": "bad"}},
                {"name": "next"}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
               "static_clusters": [{"cluster": {"name": "c"}}]}
            ]}
            """,
            new Selection(Set.of(), Set.of(Section.LISTENERS)));

    assertThat(entries).extracting(e -> e.name().orElse("-")).containsExactly("l", "next");
    assertThat(entries.getFirst().rejection().orElseThrow().details()).isEqualTo("bad");
    var listener = entries.getFirst().content().field("active_state.listener").orElseThrow();
    assertThat(listener.children()).extracting(Field::name).containsExactly("name");
  }

  @Test
  void namesTheEntriesOfEverySection() throws IOException {
    var entries =
        read(
            """
            {"configs": [
              {"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap": {"node": {"id": "n"}}},
              {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "version_info": "1",
               "static_clusters": [{"cluster": {"name": "c"}}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.EndpointsConfigDump",
               "dynamic_endpoint_configs": [{"endpoint_config": {"cluster_name": "e"}}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump",
               "static_listeners": [{"listener": {"name": "l"}}], "dynamic_listeners": [{"name": "d"}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.ScopedRoutesConfigDump"},
              {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump",
               "dynamic_route_configs": [{"route_config": {"name": "r"}}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.SecretsConfigDump",
               "dynamic_active_secrets": [{"name": "s"}]},
              {"@type": "type.googleapis.com/envoy.admin.v3.FutureConfigDump", "things": [{"name": "f"}]}
            ]}
            """);

    assertThat(entries)
        .extracting(e -> e.section() + " " + e.name().orElse("-"))
        .containsExactly(
            "BOOTSTRAP n",
            "CLUSTERS c",
            "ENDPOINTS e",
            "LISTENERS l",
            "LISTENERS d",
            "ROUTES r",
            "SECRETS s",
            "OTHER f");
  }

  @Test
  void knowsASectionWhoseTypeComesLastAndIsInCamelCase() throws IOException {
    var entries =
        read(
            """
            {"configs": [{"dynamicActiveClusters": [{"cluster": {"name": "c"}, "clientStatus": "NACKED"}],
              "dynamicScopedRouteConfigs": [{"name": "s"}],
              "@type": "type.googleapis.com/envoy.admin.v2alpha.ClustersConfigDump"}]}
            """);

    assertThat(entries)
        .extracting(Entry::section)
        .containsExactly(Section.CLUSTERS, Section.SCOPED_ROUTES);
    assertThat(entries.getFirst().list()).isEqualTo("dynamic_active_clusters");
    assertThat(entries.getFirst().rejection()).isPresent();
  }

  @Test
  void tellsWhyAListenerWithoutANameWasRejected() throws IOException {
    var entry =
        read("""
                {"configs": [{"dynamic_listeners": [
                  {"error_state": {"details": "no such filter\\nand more"}}]}]}
                """)
            .getFirst();

    assertThat(entry.name()).isEmpty();
    assertThat(entry.rejection().orElseThrow().firstLine()).isEqualTo("no such filter");
    assertThat(entry.rejection().orElseThrow().location().line()).isEqualTo(2);
  }

  @Test
  void hasNoEntriesWhereTheAnswerIsEmpty() throws IOException {
    assertThat(read("{}")).isEmpty();
    assertThat(read("")).isEmpty();
    assertThat(read("null")).isEmpty();
    assertThat(read("{\"configs\": [null, 3, {}]}")).isEmpty();
  }

  @Test
  void saysWhereADumpIsCutOff() {
    assertThatThrownBy(() -> read("{\"configs\": [\n{\"dynamic_listeners\": [{\"na"))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("dump.json:2");
  }
}
