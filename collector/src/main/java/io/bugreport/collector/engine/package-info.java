/// How work is run: planned items and their outcomes, bounded workers, deadlines, the way into the
/// archive.
@NullMarked
package io.bugreport.collector.engine;

import org.jspecify.annotations.NullMarked;
