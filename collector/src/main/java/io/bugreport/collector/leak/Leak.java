package io.bugreport.collector.leak;

/// Something in an archive that looks like a secret. Never the value.
///
/// @param detector what it looks like, such as `private key`
/// @param path the entry that it is in
/// @param line the line that it begins in, from 1
public record Leak(String detector, String path, long line) {}
