/// A snapshot: what was planned, what came of it, and the evidence itself, opened from an archive.
@NullMarked
package io.bugreport.model.snapshot;

import org.jspecify.annotations.NullMarked;
