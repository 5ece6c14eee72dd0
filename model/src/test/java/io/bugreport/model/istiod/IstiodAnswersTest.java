package io.bugreport.model.istiod;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IstiodAnswersTest {

  private static Field document(String json) throws IOException {
    List<Field> fields = new ArrayList<>();
    DocumentReader.read(
        "answer.json",
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        node -> fields.add(new Field("answer.json", "", node)));
    return fields.getFirst();
  }

  private static NameTable table(String json) throws IOException {
    return NameTableParser.read(
        "answer.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aNameTableReadsTheSameFromIstiodAndFromTheAgent() throws IOException {
    var table = "{\"table\": {\"a.b.svc.cluster.local\": {\"ips\": [\"10.0.0.2\", \"10.0.0.1\"]}}}";

    var agent = table(table);
    var istiod = table("{\"configs\": [" + table + "]}");

    assertThat(agent.addresses()).isEqualTo(istiod.addresses());
    assertThat(agent.addresses().get("a.b.svc.cluster.local"))
        .containsExactly("10.0.0.1", "10.0.0.2");
  }

  @Test
  void aNameTableIsFoundAmongValuesOfOtherTypes() throws IOException {
    var read =
        table(
            """
            {"version": {"of": [1]},
             "configs": [null, [], {"type": {"table": 1}, "table": {
               "a": {"ips": ["10.0.0.1", null, {}], "shortname": "x"}, "b": 1, "c": {"ips": "no"}}}]}
            """);

    assertThat(read.addresses()).containsOnlyKeys("a", "b", "c");
    assertThat(read.addresses().get("a")).contains("10.0.0.1");
    assertThat(read.location().line()).isEqualTo(2);
    assertThat(read.location().field()).isEqualTo("configs[2].table");
  }

  @Test
  void aServerWithoutATableHasAnEmptyOne() throws IOException {
    assertThat(table("{}").isEmpty()).isTrue();
  }

  @Test
  void syncReadsTheFlatRowsOfOlderIstiods() throws IOException {
    var row =
        SyncStatus.read(
                document(
                    """
                    [{"proxy": "a.b", "istio_version": "1.20.0", "cluster_sent": "1", "cluster_acked": "1",
                      "listener_sent": "2", "listener_acked": "1", "route_sent": ""}]
                    """))
            .getFirst();

    assertThat(row.version()).isEqualTo("1.20.0");
    assertThat(row.of("Cluster").orElseThrow().isBehind()).isFalse();
    assertThat(row.of("Listener").orElseThrow().isBehind()).isTrue();
    assertThat(row.of("RouteConfiguration").orElseThrow().isBehind()).isFalse();
  }

  @Test
  void syncPrefersTheRowsByType() throws IOException {
    var row =
        SyncStatus.read(
                document(
                    """
                    [{"proxy": "a.b", "listener_sent": "2", "resources": {
                      "type.googleapis.com/envoy.config.listener.v3.Listener":
                        {"sent": "2", "sentTime": "2026-11-23T23:13:46Z", "lastError": "no such filter"},
                      "type.googleapis.com/istio.networking.nds.v1.NameTable": {"sent": "3", "acked": "3"}}}]
                    """))
            .getFirst();

    assertThat(row.of("Listener").orElseThrow().lastError()).isEqualTo("no such filter");
    assertThat(row.of(SyncStatus.NAME_TABLE).orElseThrow().isBehind()).isFalse();
  }
}
