package io.bugreport.analyzers.mesh;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a Secret or ConfigMap holds. Its keys may hold dots, and what a Secret holds is redacted.
public final class DataKeys {
  private DataKeys() {}

  /// The values of `data` by key, in the object's order; empty where it was exported without them.
  public static SequencedMap<String, Field> of(Resource resource) {
    var values = new LinkedHashMap<String, Field>();
    resource
        .field("data")
        .ifPresent(
            data ->
                data.children()
                    .forEach(
                        value ->
                            values.put(value.path().substring(data.path().length() + 1), value)));
    return values;
  }
}
