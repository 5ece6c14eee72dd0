/// Checks of what proxies made of their configuration.
@NullMarked
package io.bugreport.analyzers.envoy;

import org.jspecify.annotations.NullMarked;
