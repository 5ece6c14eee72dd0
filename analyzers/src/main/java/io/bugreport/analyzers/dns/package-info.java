/// Checks of the DNS proxy and its name tables.
@NullMarked
package io.bugreport.analyzers.dns;

import org.jspecify.annotations.NullMarked;
