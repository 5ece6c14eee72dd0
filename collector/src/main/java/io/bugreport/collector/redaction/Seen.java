package io.bugreport.collector.redaction;

/// Told of every value that is replaced, though never of the value.
@FunctionalInterface
public interface Seen {
  /// A value is replaced.
  ///
  /// @param rule the rule's name
  /// @param path the entry
  /// @param bytes how long the value is, or the part of it that is known when it is found
  /// @param around what stands around it, with `x` for letters, `9` for digits and `…` for itself
  void value(String rule, String path, int bytes, String around);
}
