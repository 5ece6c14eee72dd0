/// Checks for what Mixer left behind.
@NullMarked
package io.bugreport.analyzers.mixer;

import org.jspecify.annotations.NullMarked;
