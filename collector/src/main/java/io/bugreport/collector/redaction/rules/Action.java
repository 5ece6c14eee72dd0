package io.bugreport.collector.redaction.rules;

/// What becomes of a value.
enum Action {
  /// `[redacted]` stands for it.
  MASK,
  /// Nothing stands for it.
  DROP,
  /// A number stands for it that is the same for the same value in this archive, and that nobody
  /// can turn back.
  HASH
}
