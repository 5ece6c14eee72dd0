/// Checks of which pods get a proxy, and of which image.
@NullMarked
package io.bugreport.analyzers.injection;

import org.jspecify.annotations.NullMarked;
