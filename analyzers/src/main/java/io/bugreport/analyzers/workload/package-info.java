/// Checks of the containers that a mesh consists of.
@NullMarked
package io.bugreport.analyzers.workload;

import org.jspecify.annotations.NullMarked;
