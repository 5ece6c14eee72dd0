package io.bugreport.model.istiod;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What istiod sent to one proxy and what that accepted: a row of `/debug/syncz`.
///
/// @param clusterId the cluster's id in the mesh
/// @param proxy `<pod>.<namespace>`
/// @param version the proxy's Istio version
/// @param byType the state of each type of resource, by its short name: `Cluster`, `Listener`,
///   `RouteConfiguration`, `ClusterLoadAssignment`, `NameTable`…
/// @param location where the row begins
public record SyncStatus(
    String clusterId,
    String proxy,
    String version,
    SequencedMap<String, TypeStatus> byType,
    Location location) {
  /// The type of [NameTable].
  public static final String NAME_TABLE = "NameTable";

  private static final Map<String, String> FLAT =
      Map.of(
          "cluster", "Cluster",
          "listener", "Listener",
          "route", "RouteConfiguration",
          "endpoint", "ClusterLoadAssignment",
          "extensionconfig", "TypedExtensionConfig",
          "extension_config", "TypedExtensionConfig");

  /// The state of one type.
  ///
  /// @param sent nonce of what was sent last; empty where nothing was
  /// @param acked nonce of what was accepted last; empty where nothing was
  /// @param sentTime when it was sent, as istiod wrote it; empty in older versions
  /// @param lastError why it was rejected; empty where it was not
  /// @param location where the row says so
  public record TypeStatus(
      String sent, String acked, String sentTime, String lastError, Location location) {

    /// Whether something was sent that has not been accepted.
    public boolean isBehind() {
      return !sent.isEmpty() && !sent.equals(acked);
    }
  }

  public SyncStatus {
    byType = Collections.unmodifiableSequencedMap(new TreeMap<>(byType));
  }

  /// The state of one type, by its short name; empty where istiod says nothing of it.
  public Optional<TypeStatus> of(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /// Reads all rows: the ones of Istio 1.24 and later (`resources` by type), the older flat ones
  /// (`cluster_sent`, `cluster_acked`), and those that have both.
  public static List<SyncStatus> read(Answer answer) throws IOException {
    return read(answer.document());
  }

  static List<SyncStatus> read(Field document) {
    List<SyncStatus> rows = new ArrayList<>();
    for (var row : document.children()) {
      var proxy = row.text("proxy");
      if (!proxy.isEmpty()) {
        rows.add(
            new SyncStatus(
                row.text("cluster_id"),
                proxy,
                row.text("istio_version"),
                byType(row),
                row.location()));
      }
    }
    return rows;
  }

  private static SequencedMap<String, TypeStatus> byType(Field row) {
    var types = new TreeMap<String, TypeStatus>();
    FLAT.forEach(
        (prefix, type) ->
            row.named(prefix + "_sent")
                .ifPresent(
                    sent ->
                        types.put(
                            type,
                            new TypeStatus(
                                sent.text(),
                                row.text(prefix + "_acked"),
                                "",
                                "",
                                sent.location()))));
    row.named("resources")
        .ifPresent(
            resources -> {
              for (var resource : resources.children()) {
                types.put(
                    resource.name(),
                    new TypeStatus(
                        resource.text("sent"),
                        resource.text("acked"),
                        resource.text("sentTime"),
                        resource.text("lastError"),
                        resource.location()));
              }
            });
    return types;
  }
}
