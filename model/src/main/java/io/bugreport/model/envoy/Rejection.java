package io.bugreport.model.envoy;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import java.util.Optional;

/// An update that Envoy refused.
///
/// Source: `envoy.admin.v3.UpdateFailureState`, and `client_status` beside it.
///
/// @param details Envoy's reason; empty where it gave none
/// @param lastAttempt when it was last tried, as Envoy wrote it; empty where it did not
/// @param location where the dump says so
public record Rejection(String details, String lastAttempt, Location location) {

  /// The rejection that an entry of a dump speaks of.
  static Optional<Rejection> of(Field entry) {
    var state = ProtoJson.field(entry, "error_state");
    if (state.isPresent()) {
      return Optional.of(
          new Rejection(
              ProtoJson.text(state.get(), "details"),
              ProtoJson.text(state.get(), "last_update_attempt"),
              ProtoJson.field(state.get(), "details").orElse(state.get()).location()));
    }
    return ProtoJson.field(entry, "client_status")
        .filter(status -> status.text().equals("NACKED"))
        .map(status -> new Rejection("", "", status.location()));
  }

  /// The first line of the reason.
  public String firstLine() {
    return details.lines().findFirst().orElse("").strip();
  }
}
