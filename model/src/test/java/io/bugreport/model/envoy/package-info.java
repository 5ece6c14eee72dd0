@NullMarked
package io.bugreport.model.envoy;

import org.jspecify.annotations.NullMarked;
