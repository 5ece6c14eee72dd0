/// How Istio reads a mesh: names, visibility, the service registry, selectors, injection and mesh
/// configuration, built once for all checks.
@NullMarked
package io.bugreport.analyzers.mesh;

import org.jspecify.annotations.NullMarked;
