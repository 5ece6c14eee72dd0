/// Checks of who may call whom.
@NullMarked
package io.bugreport.analyzers.authorization;

import org.jspecify.annotations.NullMarked;
