package io.bugreport.model.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One planned item and what came of it: a line of `collection.jsonl`.
///
/// @param id see [ItemId]
/// @param source where it comes from, as in its id
/// @param path the file it became; with a `*` for the names of namespaces or objects where it
///   became several; null where it became none
/// @param outcome what came of it
/// @param code the HTTP status of the last attempt; 0 where there was none
/// @param bytes bytes received, before redaction and compression
/// @param count objects in it, for lists; 0 otherwise
/// @param durationMs milliseconds from the first attempt to the last byte
/// @param attempts how often it was asked for
/// @param replica the istiod pod that answered, where there may be several
/// @param reason why it is not whole; never null where the outcome is a gap
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CollectedItem(
    String id,
    String source,
    @Nullable String path,
    Outcome outcome,
    int code,
    long bytes,
    long count,
    long durationMs,
    int attempts,
    @Nullable String replica,
    @Nullable String reason) {

  public CollectedItem {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(outcome, "outcome");
    ItemId.parse(Objects.requireNonNull(id, "id"));
    if (outcome.isGap() && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException(id + " is " + outcome.word() + " without a reason");
    }
  }

  /// The id in its parts.
  public ItemId itemId() {
    return ItemId.parse(id);
  }
}
