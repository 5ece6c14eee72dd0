package io.bugreport.report.mesh;

import io.bugreport.model.resource.ResourceId;

/// One object that passes requests, or its rules, on to another.
///
/// @param badge how: a port and its protocol, a subset, a TLS mode; empty where nothing is known
public record Edge(ResourceId from, ResourceId to, String badge) {}
