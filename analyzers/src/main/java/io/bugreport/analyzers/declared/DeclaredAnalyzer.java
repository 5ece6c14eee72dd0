package io.bugreport.analyzers.declared;

import io.bugreport.analyzers.cel.CelExpression;
import io.bugreport.analyzers.cel.PlainValue;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reports every object for which a condition is true.
///
/// @param kinds the kinds that it looks at
/// @param at the field that a finding points to, or the nearest one above that is there; empty for
///   the object
record DeclaredAnalyzer(
    List<ResourceKind> kinds, CelExpression<Boolean> condition, MessageTemplate message, String at)
    implements Analyzer {

  DeclaredAnalyzer {
    kinds = List.copyOf(kinds);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var kind : kinds) {
      for (var resource : mesh.all(kind)) {
        examine(resource, mesh, observations);
      }
    }
    return observations;
  }

  private void examine(Resource resource, Mesh mesh, List<Observation> observations) {
    if (!(resource.root().node() instanceof Node.Mapping document)) {
      return;
    }
    var object = PlainValue.of(document);
    try {
      if (condition.of(object)) {
        observations.add(observation(resource, message.of(object)));
      }
    } catch (IllegalArgumentException e) {
      mesh.unseen(
          resource.id().toString(),
          "the condition has no value here, has(…) asks first: " + e.getMessage());
    }
  }

  private Observation observation(Resource resource, String text) {
    for (var path = at; !path.isEmpty(); path = above(path)) {
      var field = resource.field(path);
      if (field.isPresent()) {
        return Observation.of(resource, field.get(), text);
      }
    }
    return Observation.of(resource, text);
  }

  private static String above(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }
}
