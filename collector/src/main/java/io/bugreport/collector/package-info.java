/// Collects a snapshot from clusters: what to ask for, what came of it, and when to stop.
@NullMarked
package io.bugreport.collector;

import org.jspecify.annotations.NullMarked;
