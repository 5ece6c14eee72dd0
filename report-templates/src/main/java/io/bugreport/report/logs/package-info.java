/// What containers wrote, as patterns with counts: a log of a million lines says a few dozen
/// things.
@NullMarked
package io.bugreport.report.logs;

import org.jspecify.annotations.NullMarked;
