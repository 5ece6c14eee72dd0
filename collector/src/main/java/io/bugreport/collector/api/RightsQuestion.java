package io.bugreport.collector.api;

import java.io.StringWriter;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The body of a `SelfSubjectRulesReview`. The namespace is all that can differ in it.
final class RightsQuestion {
  static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

  private RightsQuestion() {}

  static String about(String namespace) {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("kind", "SelfSubjectRulesReview");
      json.writeStringProperty("apiVersion", "authorization.k8s.io/v1");
      json.writeName("spec");
      json.writeStartObject();
      json.writeStringProperty("namespace", namespace);
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }
}
