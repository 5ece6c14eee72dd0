package io.bugreport.model.envoy;

import java.util.Arrays;
import java.util.List;

/// The sections of a configuration dump.
public enum Section {
  BOOTSTRAP("Bootstrap", "bootstrap", "bootstrap", "node.id"),
  CLUSTERS("Clusters", "cluster", "_clusters", "cluster.name", "name"),
  LISTENERS(
      "Listeners",
      "listener",
      "_listeners",
      "name",
      "listener.name",
      "active_state.listener.name",
      "warming_state.listener.name",
      "error_state.failed_configuration.name"),
  SCOPED_ROUTES("ScopedRoutes", "scoped route", "_scoped_route_configs", "name"),
  ROUTES("Routes", "route configuration", "_route_configs", "route_config.name", "name"),
  ENDPOINTS("Endpoints", "endpoints", "_endpoint_configs", "endpoint_config.cluster_name", "name"),
  SECRETS("Secrets", "secret", "_secrets", "name"),
  EXTENSIONS("Ecds", "extension configuration", "ecds_filters", "ecds_filter.name", "name"),
  /// A section of an Envoy that is newer than this list.
  OTHER("", "resource", "", "name");

  private static final String SUFFIX = "ConfigDump";

  private final String type;
  private final String word;
  private final String list;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> namePaths;

  Section(String type, String word, String list, String... namePaths) {
    this.type = type;
    this.word = word;
    this.list = list;
    this.namePaths = List.of(namePaths);
  }

  /// What one entry of it is called: `listener`, `cluster`.
  public String word() {
    return word;
  }

  List<String> namePaths() {
    return namePaths;
  }

  /// The section of a type such as `type.googleapis.com/envoy.admin.v3.ListenersConfigDump`, of any
  /// version of the API.
  static Section ofType(String typeUrl) {
    var name = typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(s -> s != OTHER && name.equals(s.type + SUFFIX))
        .findFirst()
        .orElse(OTHER);
  }

  /// The section that has a list of this name. `dynamic_scoped_route_configs` ends like a list of
  /// routes too, so the longer ending counts.
  static Section ofList(String list) {
    return Arrays.stream(values())
        .filter(s -> s != OTHER && list.endsWith(s.list))
        .findFirst()
        .orElse(OTHER);
  }
}
