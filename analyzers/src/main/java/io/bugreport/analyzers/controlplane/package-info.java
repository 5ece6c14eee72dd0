/// Checks of what istiod says of itself and of its proxies.
@NullMarked
package io.bugreport.analyzers.controlplane;

import org.jspecify.annotations.NullMarked;
