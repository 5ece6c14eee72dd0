package io.bugreport.report.logs;

import java.time.Instant;

/// Errors that one container wrote within a minute, or a rejected push that a log tells of.
///
/// @param minute its beginning
/// @param pushes how many of the lines tell of configuration that was rejected
public record Burst(
    String cluster,
    String namespace,
    String pod,
    String container,
    Instant minute,
    long errors,
    long pushes,
    String example) {}
