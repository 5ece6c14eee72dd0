package io.bugreport.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.report.TinyMesh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameTablesTest {
  private static final String CART =
      "\"cart.n.svc.cluster.local\": {\"ips\": [\"10.0.0.1\"], \"registry\": \"Kubernetes\"},"
          + " \"cart.n.\": {\"ips\": [\"10.0.0.1\"], \"registry\": \"Kubernetes\"}";
  private TinyMesh mesh;

  @BeforeEach
  void make(@TempDir Path folder) throws IOException {
    mesh = new TinyMesh(folder);
  }

  private void table(String pod, String entries) throws IOException {
    mesh.with(
        "namespaces/n/pods/" + pod + "/istio-proxy/agent/ndsz.json",
        "{\"table\": {" + entries + "}}");
  }

  private static String pay(String address) {
    return "\"pay.n.svc.cluster.local\": {\"ips\": [\""
        + address
        + "\"], \"registry\": \"Kubernetes\"}";
  }

  private List<List<String>> rows() throws IOException {
    try (var snapshot = mesh.open()) {
      return NameTables.of(snapshot).every().stream()
          .map(row -> row.cells().stream().map(cell -> cell.text()).collect(Collectors.toList()))
          .toList();
    }
  }

  @Test
  void whereProxiesDisagreeStandsFirst() throws IOException {
    table("a", CART + "," + pay("10.0.0.2"));
    table("b", CART + "," + pay("10.0.0.9"));
    assertThat(rows())
        .containsExactly(
            List.of("c", "pay.n.svc.cluster.local", "10.0.0.2", "1", "proxies disagree: a.n"),
            List.of("c", "pay.n.svc.cluster.local", "10.0.0.9", "1", "proxies disagree: b.n"),
            List.of("c", "cart.n.svc.cluster.local\ncart.n.", "10.0.0.1", "2", "a.n, b.n"));
  }

  @Test
  void aNameThatAFewProxiesLackSaysSo() throws IOException {
    for (var pod : List.of("a", "b", "d")) {
      table(pod, CART + "," + pay("10.0.0.2"));
    }
    table("e", CART);
    assertThat(rows())
        .contains(
            List.of("c", "pay.n.svc.cluster.local", "10.0.0.2", "3", "a.n, b.n, d.n; not for e.n"));
  }
}
