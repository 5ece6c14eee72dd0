package io.bugreport.collector.pods;

/// A container of a pod: init, ephemeral, sidecar or plain.
///
/// @param running whether it runs
/// @param started whether it ever ran, so that there can be a log
/// @param restarts how often it was started again
/// @param waiting why it has not started, or empty
public record Container(
    String name, boolean running, boolean started, long restarts, String waiting) {}
