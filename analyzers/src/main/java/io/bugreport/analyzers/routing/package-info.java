/// Checks of where requests are sent: virtual services, destination rules and the hosts they name.
@NullMarked
package io.bugreport.analyzers.routing;

import org.jspecify.annotations.NullMarked;
