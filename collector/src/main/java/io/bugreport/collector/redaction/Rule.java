package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One kind of secret: what announces it, and where exactly it lies. Stateless, for many threads.
interface Rule {

  /// As counted in the archive's `redactions.json`.
  String name();

  /// What to look for, in Latin letters of either case. A rule is asked only around these.
  List<String> triggers();

  /// The secret at a trigger.
  ///
  /// @param from where the trigger starts
  /// @param to where it ends
  /// @return null where there is no secret
  @Nullable Span find(Window window, int from, int to);
}
