package io.bugreport.model.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bugreport.model.resource.DocumentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamClusterTest {

  private static List<UpstreamCluster> read(String json) throws IOException {
    List<UpstreamCluster> clusters = new ArrayList<>();
    UpstreamCluster.read(
        "clusters.json",
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        clusters::add);
    return clusters;
  }

  @Test
  void readsHostsWithTheirHealthCountersAndLimits() throws IOException {
    var cluster =
        read("""
                {"cluster_statuses": [{"name": "c", "added_via_api": true,
                  "circuit_breakers": {"thresholds": [
                    {"max_connections": 7}, {"priority": "HIGH", "max_connections": 9}]},
                  "host_statuses": [
                    {"address": {"socket_address": {"address": "10.0.0.9", "port_value": 9080}},
                     "stats": [{"name": "cx_connect_fail", "value": "3"}, {"name": "cx_total"},
                               {"type": "GAUGE", "value": "2", "name": "cx_active"}],
                     "health_status": {"eds_health_status": "HEALTHY", "failed_outlier_check": true},
                     "locality": {"region": "east"}},
                    {"address": {"pipe": {"path": "./etc/sds"}}, "health_status": {"failed_active_health_check": true}}]}]}
                """)
            .getFirst();

    assertThat(cluster.limits()).containsExactly(Map.entry("max_connections", 7L));
    assertThat(cluster.hosts())
        .extracting(h -> h.address() + " " + h.isEjected() + " " + h.isUnhealthy())
        .containsExactly("10.0.0.9:9080 true false", "./etc/sds false true");
    assertThat(cluster.hosts().getFirst().counters())
        .isEqualTo(Map.of("cx_connect_fail", 3L, "cx_active", 2L));
    assertThat(cluster.hosts().getFirst().location().line()).isEqualTo(8);
  }

  @Test
  void readsWhatToolsWroteInCamelCase() throws IOException {
    assertThat(
            read(
                """
                {"clusterStatuses": [{"hostStatuses": [
                  {"address": {"socketAddress": {"address": "10.0.0.9", "portValue": 80}},
                   "healthStatus": {"edsHealthStatus": "UNHEALTHY"}}], "name": "c"}]}
                """))
        .satisfiesExactly(
            c -> {
              assertThat(c.name()).isEqualTo("c");
              assertThat(c.hosts()).allMatch(UpstreamCluster.Host::isUnhealthy);
              assertThat(c.hosts().getFirst().address()).isEqualTo("10.0.0.9:80");
            });
  }

  @Test
  void passesOverValuesOfAnotherTypeThanExpected() throws IOException {
    assertThat(
            read(
                """
                {"other": [[{"cluster_statuses": [{}]}]], "cluster_statuses": [5, [1], {"name": {"x": 1},
                  "circuit_breakers": {"thresholds": {"a": [1]}}, "host_statuses": [[], 4,
                   {"stats": [[], {"name": "cx_total", "value": "many"}], "address": {"socket_address": 1}}]}]}
                """))
        .extracting(
            c -> c.name() + c.hosts().stream().map(h -> h.address() + h.counters()).toList())
        .containsExactly("[]", "[]", "[{}, {}, :{}]");
  }

  @Test
  void saysWhereATruncatedDocumentEnds() {
    assertThatThrownBy(
            () -> read("{\"cluster_statuses\": [\n{\"name\": \"c\", \"host_statuses\": ["))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("2");
  }
}
