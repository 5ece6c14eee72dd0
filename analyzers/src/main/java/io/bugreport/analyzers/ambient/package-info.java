/// Checks of ambient mode: ztunnel and waypoints.
@NullMarked
package io.bugreport.analyzers.ambient;

import org.jspecify.annotations.NullMarked;
