package io.bugreport.model.log;

import io.bugreport.model.archive.Layout.ContainerFile;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.ResourceId;
import java.util.List;

/// The lines of one log that one pattern found about one thing.
///
/// @param log the log
/// @param key what they are about, as the pattern says; [#OTHER] for what came after too many
/// @param count how many
/// @param first the time of the first, as the kubelet wrote it; empty where it is not known
/// @param last the time of the last
/// @param example the text of the first
/// @param locations where the first few are
public record LogHits(
    ContainerFile log,
    String key,
    long count,
    String first,
    String last,
    String example,
    List<Location> locations) {
  /// The key of lines about more things than are told apart.
  public static final String OTHER = "…";

  public LogHits {
    locations = List.copyOf(locations);
  }

  /// The pod that wrote them.
  public ResourceId pod() {
    return new ResourceId(log.cluster(), "", "Pod", log.namespace(), log.pod());
  }
}
