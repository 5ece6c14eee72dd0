package io.bugreport.model.check;

import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an analyzer saw; the runner adds the check's code, severity, title and fix, and the
/// excerpts.
///
/// @param resource the object it is about
/// @param message what is wrong with it, in one or two sentences
/// @param locations what shows it, the most telling first
/// @param related other objects that take part
/// @param code null for the check's first code
/// @param severity null for the check's severity
/// @param ties what else it has in common with observations of other checks, such as the serial
///   number of a certificate
public record Observation(
    ResourceId resource,
    String message,
    List<Location> locations,
    List<ResourceId> related,
    @Nullable String code,
    @Nullable Severity severity,
    List<String> ties) {

  public Observation {
    Objects.requireNonNull(resource, "resource");
    if (message.isBlank()) {
      throw new IllegalArgumentException("an observation needs a message");
    }
    locations = List.copyOf(locations);
    related = List.copyOf(related);
    ties = List.copyOf(ties);
  }

  /// Something about an object as a whole.
  public static Observation of(Resource resource, String message) {
    return new Observation(
        resource.id(), message, List.of(resource.location()), List.of(), null, null, List.of());
  }

  /// Something about a field of an object.
  public static Observation of(Resource resource, Field field, String message) {
    return new Observation(
        resource.id(), message, List.of(field.location()), List.of(), null, null, List.of());
  }

  /// Something that an answer shows.
  public static Observation of(ResourceId resource, Location location, String message) {
    return new Observation(resource, message, List.of(location), List.of(), null, null, List.of());
  }

  /// With one more place that shows it.
  public Observation and(Location location) {
    var more = new ArrayList<>(locations);
    more.add(location);
    return new Observation(resource, message, more, related, code, severity, ties);
  }

  /// With another object that takes part.
  public Observation with(ResourceId other) {
    var more = new ArrayList<>(related);
    more.add(other);
    return new Observation(resource, message, locations, more, code, severity, ties);
  }

  /// With another code than the check's first.
  public Observation code(String newCode) {
    return new Observation(resource, message, locations, related, newCode, severity, ties);
  }

  /// With another severity than the check's.
  public Observation severity(Severity newSeverity) {
    return new Observation(resource, message, locations, related, code, newSeverity, ties);
  }

  /// With something that it has in common with observations of other checks: where one of them is
  /// the cause, this one is grouped under it.
  public Observation tie(String tie) {
    var more = new ArrayList<>(ties);
    more.add(tie);
    return new Observation(resource, message, locations, related, code, severity, more);
  }
}
