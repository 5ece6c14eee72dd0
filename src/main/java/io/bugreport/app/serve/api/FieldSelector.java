package io.bugreport.app.serve.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A `fieldSelector`: `a=b`, `a==b`, `a!=b`, all of which must hold. The fields are those that
/// Kubernetes documents for each kind; another one is a bad request there and here, since a
/// selector that is passed over would show objects that were not asked for.
record FieldSelector(List<Requirement> requirements) {
  private static final Set<String> EVERY_KIND = Set.of("metadata.name", "metadata.namespace");
  private static final Map<String, Set<String>> OF_KIND =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "events",
          Set.of("reason", "reportingComponent", "reportingController", "source", "type"),
          "namespaces",
          Set.of("status.phase"),
          "nodes",
          Set.of("spec.unschedulable"),
          "replicasets.apps",
          Set.of("status.replicas"),
          "jobs.batch",
          Set.of("status.successful"),
          "secrets",
          Set.of("type"));

  /// One condition on one field.
  record Requirement(String field, boolean equal, String value) {}

  FieldSelector {
    requirements = List.copyOf(requirements);
  }

  /// Reads a selector for objects of a kind.
  static FieldSelector parse(String text, ApiResource resource) throws ApiError {
    List<Requirement> requirements = new ArrayList<>();
    for (var part : text.split("(?<!\\\\),", -1)) {
      if (part.isBlank()) {
        continue;
      }
      var at = part.indexOf('=');
      if (at < 1) {
        throw ApiError.badRequest(
            "invalid selector: \"" + part + "\"; can't understand \"" + part + "\"");
      }
      var unequal = part.charAt(at - 1) == '!';
      var field = part.substring(0, unequal ? at - 1 : at).strip();
      var value = part.substring(at + 1);
      if (!isKnown(field, resource)) {
        throw ApiError.badRequest("field label not supported: " + field);
      }
      requirements.add(
          new Requirement(
              field,
              !unequal,
              (value.startsWith("=") ? value.substring(1) : value)
                  .replaceAll("\\\\([\\\\,=])", "$1")
                  .strip()));
    }
    return new FieldSelector(requirements);
  }

  private static boolean isKnown(String field, ApiResource resource) {
    var events = resource.plural().equals("events");
    return EVERY_KIND.contains(field)
        || OF_KIND.getOrDefault(events ? "events" : resource.qualified(), Set.of()).contains(field)
        || (events && field.matches("(involvedObject|regarding)\\.[A-Za-z]{1,40}"));
  }

  boolean matches(JsonNode object) {
    for (var requirement : requirements) {
      if (value(object, requirement.field()).equals(requirement.value()) != requirement.equal()) {
        return false;
      }
    }
    return true;
  }

  private static String value(JsonNode object, String field) {
    var path = field.split("\\.", -1);
    if (path[0].equals("involvedObject") || path[0].equals("regarding")) {
      // The two versions of events name the same thing differently.
      var named = object.has(path[0]) ? path[0] : other(path[0]);
      return JsonText.text(object, named, path[1]);
    }
    var text =
        field.equals("source")
            ? JsonText.text(object, "source", "component")
            : JsonText.text(object, path);
    var isFlag = field.equals("spec.unschedulable") || field.equals("spec.hostNetwork");
    return text.isEmpty() && isFlag ? "false" : text;
  }

  private static String other(String name) {
    return name.equals("regarding") ? "involvedObject" : "regarding";
  }
}
