package io.bugreport.model.envoy;

import io.bugreport.model.envoy.UpstreamCluster.Host;
import io.bugreport.model.resource.DocumentException;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.JsonWalk;
import io.bugreport.model.resource.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// Reads `clusters?format=json` without building trees: in a large mesh this is the longest of an
/// Envoy's answers, and most of it are counters. Values of another type than expected are skipped.
final class UpstreamParser {
  private static final String NORMAL = "DEFAULT";

  private final String path;
  private final JsonParser parser;

  private UpstreamParser(String path, JsonParser parser) {
    this.path = path;
    this.parser = parser;
  }

  static void read(String path, InputStream in, Consumer<UpstreamCluster> clusters)
      throws IOException {
    try (var parser = DocumentReader.json(in)) {
      parser.nextToken();
      var reader = new UpstreamParser(path, parser);
      reader.object(
          field -> {
            if (field.equals("cluster_statuses") || field.equals("clusterStatuses")) {
              reader.array(i -> clusters.accept(reader.cluster("cluster_statuses[" + i + "]")));
            }
          });
    } catch (JacksonException e) {
      throw DocumentException.of(path, e);
    }
  }

  private void object(Consumer<String> field) {
    JsonWalk.object(parser, field);
  }

  private void array(IntConsumer item) {
    JsonWalk.array(parser, item);
  }

  private String text() {
    return parser.currentToken().isScalarValue() ? parser.getString() : "";
  }

  private long number() {
    var text = text();
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private Location location(String at) {
    var here = parser.currentTokenLocation();
    return new Location(path, Math.max(1, here.getLineNr()), Math.max(1, here.getColumnNr()), at);
  }

  private UpstreamCluster cluster(String at) {
    var location = location(at);
    var name = new String[] {""};
    List<Host> hosts = new ArrayList<>();
    Map<String, Long> limits = new HashMap<>();
    object(
        field -> {
          switch (field) {
            case "name" -> name[0] = text();
            case "host_statuses", "hostStatuses" ->
                array(i -> hosts.add(new HostEntry(at + ".host_statuses[" + i + "]").read()));
            case "circuit_breakers", "circuitBreakers" ->
                object(
                    list -> {
                      if (list.equals("thresholds")) {
                        array(_ -> limits(limits));
                      }
                    });
            default -> {}
          }
        });
    return new UpstreamCluster(name[0], hosts, limits, location);
  }

  /// Those of one priority; the normal one is the default and left out, or written.
  private void limits(Map<String, Long> limits) {
    Map<String, Long> read = new HashMap<>();
    var priority = new String[] {NORMAL};
    object(
        field -> {
          if (field.equals("priority")) {
            priority[0] = text();
          } else {
            read.put(ProtoJson.snakeCase(field), number());
          }
        });
    if (priority[0].equals(NORMAL)) {
      limits.putAll(read);
    }
  }

  /// One host.
  private final class HostEntry {
    private final String at;
    private final Location beginning;
    private final Map<String, Long> counters = new HashMap<>();
    private String address = "";
    private boolean isEjected;
    private boolean isUnhealthy;
    private @Nullable Location health;

    HostEntry(String at) {
      this.at = at;
      this.beginning = location(at);
    }

    Host read() {
      object(
          field -> {
            switch (field) {
              case "address" -> object(this::address);
              case "stats" -> array(_ -> counter());
              case "health_status", "healthStatus" -> {
                health = location(at + ".health_status");
                object(this::health);
              }
              default -> {}
            }
          });
      return new Host(
          address, isEjected, isUnhealthy, counters, health == null ? beginning : health);
    }

    private void address(String kind) {
      var parts = new String[] {"", ""};
      object(
          field -> {
            switch (field) {
              case "address", "path" -> parts[0] = text();
              case "port_value", "portValue" -> parts[1] = ":" + text();
              default -> {}
            }
          });
      switch (kind) {
        case "socket_address", "socketAddress" ->
            address = parts[0] + (parts[1].isEmpty() ? ":" : parts[1]);
        case "pipe" -> address = parts[0];
        default -> {}
      }
    }

    private void counter() {
      var name = new String[] {""};
      var value = new long[1];
      object(
          field -> {
            switch (field) {
              case "name" -> name[0] = text();
              case "value" -> value[0] = number();
              default -> {}
            }
          });
      if (value[0] != 0 && !name[0].isEmpty()) {
        counters.put(name[0], value[0]);
      }
    }

    private void health(String flag) {
      switch (flag) {
        case "failed_outlier_check", "failedOutlierCheck" -> isEjected = text().equals("true");
        case "failed_active_health_check",
            "failedActiveHealthCheck",
            "failed_active_degraded_check",
            "failedActiveDegradedCheck" ->
            isUnhealthy |= text().equals("true");
        case "eds_health_status", "edsHealthStatus" ->
            isUnhealthy |= text().equals("UNHEALTHY") || text().equals("TIMEOUT");
        default -> {}
      }
    }
  }
}
