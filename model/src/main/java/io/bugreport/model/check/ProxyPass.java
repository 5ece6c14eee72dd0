package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.snapshot.Answer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// The reading of one proxy.
///
/// @param pod the proxy's pod
/// @param collectedAt when the snapshot was taken: the only clock of a check
/// @param answers what there is of it, by endpoint
public record ProxyPass(ResourceId pod, Instant collectedAt, Map<Endpoint, Answer> answers) {

  public ProxyPass {
    answers = Map.copyOf(answers);
  }

  ProxyPass and(ProxyPass more) {
    var all = new EnumMap<Endpoint, Answer>(answers);
    all.putAll(more.answers);
    return new ProxyPass(pod, collectedAt, all);
  }
}
