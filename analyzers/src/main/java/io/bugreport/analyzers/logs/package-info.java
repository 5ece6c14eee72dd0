/// Checks of what istiod, agents, Envoys and ztunnel write into their logs.
@NullMarked
package io.bugreport.analyzers.logs;

import org.jspecify.annotations.NullMarked;
