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
public record Observation(
    ResourceId resource,
    String message,
    List<Location> locations,
    List<ResourceId> related,
    @Nullable String code,
    @Nullable Severity severity) {

  public Observation {
    Objects.requireNonNull(resource, "resource");
    if (message.isBlank()) {
      throw new IllegalArgumentException("an observation needs a message");
    }
    locations = List.copyOf(locations);
    related = List.copyOf(related);
  }

  /// Something about an object as a whole.
  public static Observation of(Resource resource, String message) {
    return new Observation(
        resource.id(), message, List.of(resource.location()), List.of(), null, null);
  }

  /// Something about a field of an object.
  public static Observation of(Resource resource, Field field, String message) {
    return new Observation(
        resource.id(), message, List.of(field.location()), List.of(), null, null);
  }

  /// Something that an answer shows.
  public static Observation of(ResourceId resource, Location location, String message) {
    return new Observation(resource, message, List.of(location), List.of(), null, null);
  }

  /// With one more place that shows it.
  public Observation and(Location location) {
    var more = new ArrayList<>(locations);
    more.add(location);
    return new Observation(resource, message, more, related, code, severity);
  }

  /// With another object that takes part.
  public Observation with(ResourceId other) {
    var more = new ArrayList<>(related);
    more.add(other);
    return new Observation(resource, message, locations, more, code, severity);
  }

  /// With another code than the check's first.
  public Observation code(String newCode) {
    return new Observation(resource, message, locations, related, newCode, severity);
  }

  /// With another severity than the check's.
  public Observation severity(Severity newSeverity) {
    return new Observation(resource, message, locations, related, code, newSeverity);
  }
}
