package io.bugreport.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the tables of `docs/archive-format.md` against the code; `-Dupdate=true` renews them.
class ArchiveFormatPageTest {
  private static final Path PAGE = Path.of("..", "docs", "archive-format.md");
  private static final ProxyId PROXY = new ProxyId("POD", "NAMESPACE");

  @Test
  void endpointsAreTheAllowList() throws IOException {
    isUpToDate(
        "endpoints",
        "| asked of | port | request | file below `<container>/` |\n|---|---|---|---|\n"
            + Arrays.stream(Endpoint.values())
                .map(ArchiveFormatPageTest::row)
                .collect(Collectors.joining()));
  }

  private static String row(Endpoint endpoint) {
    var request = endpoint.isPerProxy() ? endpoint.request(PROXY) : endpoint.request();
    var file = endpoint.isPerProxy() ? endpoint.file(PROXY) : endpoint.file();
    return "| %s | %d | `GET %s` | `%s` |%n"
        .formatted(endpoint.server().folder(), endpoint.port(), request, file);
  }

  @Test
  void outcomesAreThoseOfTheCode() throws IOException {
    isUpToDate(
        "outcomes",
        "| outcome | a gap |\n|---|---|\n"
            + Arrays.stream(Outcome.values())
                .map(o -> "| `%s` | %s |\n".formatted(o.word(), o.isGap() ? "yes" : "no"))
                .collect(Collectors.joining()));
  }

  @Test
  void placesAreThoseOfTheLayout() throws IOException {
    var places =
        new String[][] {
          {"how the archive came to be, what it lacks", Layout.MANIFEST},
          {"each planned item and what came of it", Layout.COLLECTION},
          {"what was replaced because it was secret", Layout.REDACTIONS},
          {"the report, for a browser", Layout.REPORT},
          {"the findings, for programs", Layout.FINDINGS},
          {"the findings, for a ticket", Layout.TICKET},
          {"every file with its size and SHA-256", Layout.INDEX},
          {
            "objects of a namespace, such as VirtualServices",
            Layout.list("CLUSTER", "NAMESPACE", "networking.istio.io", "virtualservices")
          },
          {
            "Services and other objects of the core group",
            Layout.list("CLUSTER", "NAMESPACE", "", "services")
          },
          {
            "a cluster-scoped object, such as a node", Layout.object("CLUSTER", "", "nodes", "NAME")
          },
          {"a pod by itself", Layout.pod("CLUSTER", "NAMESPACE", "POD")},
          {
            "a container's log",
            Layout.log("CLUSTER", "NAMESPACE", "POD", "CONTAINER", Layout.Run.CURRENT)
          },
          {
            "the log of its run before",
            Layout.log("CLUSTER", "NAMESPACE", "POD", "CONTAINER", Layout.Run.PREVIOUS)
          },
          {
            "a proxy's configuration",
            Layout.answer(
                "CLUSTER", "NAMESPACE", "POD", "istio-proxy", Endpoint.ENVOY_CONFIG_DUMP.file())
          },
          {
            "the names that an agent resolves",
            Layout.answer(
                "CLUSTER", "NAMESPACE", "POD", "istio-proxy", Endpoint.AGENT_NAME_TABLE.file())
          },
          {
            "what istiod sent to each proxy",
            Layout.answer(
                "CLUSTER", "istio-system", "POD", "discovery", Endpoint.ISTIOD_SYNCZ.file())
          },
          {"the API server's version", Layout.version("CLUSTER")},
          {"the resources that the API server has", Layout.discovery("CLUSTER")},
        };
    isUpToDate(
        "places",
        "| where do I find … | |\n|---|---|\n"
            + Arrays.stream(places)
                .map(place -> "| %s | `%s` |\n".formatted(place[0], place[1]))
                .collect(Collectors.joining()));
  }

  /// Holds what stands between a section's marks against what the code says.
  private static void isUpToDate(String section, String table) throws IOException {
    var begin = "<!-- generated: " + section + " -->\n";
    var end = "<!-- end of " + section + " -->\n";
    var page = Files.readString(PAGE);
    var from = page.indexOf(begin);
    var to = page.indexOf(end);
    assertThat(from).as("the mark %s in %s", begin.strip(), PAGE).isNotNegative();
    assertThat(to).as("the mark %s in %s", end.strip(), PAGE).isGreaterThan(from);
    if (Boolean.getBoolean("update")) {
      Files.writeString(
          PAGE, page.substring(0, from + begin.length()) + table + page.substring(to));
      return;
    }
    assertThat(page.substring(from + begin.length(), to))
        .as("%s is stale: run mvn -pl src -am verify -Dupdate=true and commit it", PAGE)
        .isEqualTo(table);
  }
}
