package io.bugreport.app.serve.api;

import static io.bugreport.app.serve.api.JsonText.text;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers what the user may do here: read everything, exec, forward ports; nothing else.
final class AccessReview {
  private static final String DENIED = "a replayed snapshot is read-only";

  private AccessReview() {}

  /// The answer to a posted review, where there is one of this name.
  static Optional<ObjectNode> answer(String plural, String apiVersion, JsonNode posted) {
    return switch (plural) {
      case "selfsubjectaccessreviews" -> Optional.of(access(apiVersion, posted));
      case "selfsubjectrulesreviews" -> Optional.of(rules(apiVersion, posted));
      case "selfsubjectreviews" -> Optional.of(self(apiVersion));
      default -> Optional.empty();
    };
  }

  private static ObjectNode review(String kind, String apiVersion) {
    var review = JsonText.MAPPER.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
    review.putObject("metadata").putNull("creationTimestamp");
    return review;
  }

  private static ObjectNode access(String apiVersion, JsonNode posted) {
    var review = review("SelfSubjectAccessReview", apiVersion);
    var spec = posted.path("spec");
    review.set("spec", spec);
    var allowed = isAllowed(spec);
    review
        .putObject("status")
        .put("allowed", allowed)
        .put("reason", allowed ? "reads are replayed" : DENIED);
    return review;
  }

  private static boolean isAllowed(JsonNode spec) {
    if (spec.has("nonResourceAttributes")) {
      return text(spec, "nonResourceAttributes", "verb").equals("get");
    }
    var attributes = spec.path("resourceAttributes");
    var verb = text(attributes, "verb");
    var subresource = text(attributes, "subresource");
    if (text(attributes, "resource").equals("pods")
        && text(attributes, "group").isEmpty()
        && (subresource.equals("exec") || subresource.equals("portforward"))) {
      return verb.equals("create") || verb.equals("get");
    }
    return ApiResource.READING.contains(verb)
        && (subresource.isEmpty() || subresource.equals("log"));
  }

  private static ObjectNode rules(String apiVersion, JsonNode posted) {
    var review = review("SelfSubjectRulesReview", apiVersion);
    review.set("spec", posted.path("spec"));
    var status = review.putObject("status");
    var resources = status.putArray("resourceRules");
    addRule(resources.addObject(), ApiResource.READING, "*", List.of("*"));
    addRule(resources.addObject(), List.of("get"), "", List.of("pods/log"));
    addRule(
        resources.addObject(),
        List.of("create", "get"),
        "",
        List.of("pods/exec", "pods/portforward"));
    var other = status.putArray("nonResourceRules").addObject();
    other.putArray("verbs").add("get");
    other.putArray("nonResourceURLs").add("*");
    status.put("incomplete", false);
    return review;
  }

  private static void addRule(
      ObjectNode rule, List<String> verbs, String group, List<String> resources) {
    verbs.forEach(rule.putArray("verbs")::add);
    rule.putArray("apiGroups").add(group);
    resources.forEach(rule.putArray("resources")::add);
  }

  private static ObjectNode self(String apiVersion) {
    var review = review("SelfSubjectReview", apiVersion);
    review
        .putObject("status")
        .putObject("userInfo")
        .put("username", "bug-report-serve")
        .putArray("groups")
        .add("system:authenticated");
    return review;
  }
}
