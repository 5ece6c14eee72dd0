/// Checks of authorization and authentication policies.
@NullMarked
package io.bugreport.analyzers.security;

import org.jspecify.annotations.NullMarked;
