/// Checks of Istio gateways.
@NullMarked
package io.bugreport.analyzers.gateway;

import org.jspecify.annotations.NullMarked;
