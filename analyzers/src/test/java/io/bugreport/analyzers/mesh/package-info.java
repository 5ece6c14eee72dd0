@NullMarked
package io.bugreport.analyzers.mesh;

import org.jspecify.annotations.NullMarked;
