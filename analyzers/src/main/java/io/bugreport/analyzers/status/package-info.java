/// Checks of what controllers say about objects.
@NullMarked
package io.bugreport.analyzers.status;

import org.jspecify.annotations.NullMarked;
