/// Checks of what the mesh reports about itself.
@NullMarked
package io.bugreport.analyzers.telemetry;

import org.jspecify.annotations.NullMarked;
