/// The runner by its promise: what could not be seen is never taken for health.
@NullMarked
package io.bugreport.model.check;

import org.jspecify.annotations.NullMarked;
