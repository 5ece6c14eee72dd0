/// What Envoy's admin interface answers, read into values that checks and reports share.
@NullMarked
package io.bugreport.model.envoy;

import org.jspecify.annotations.NullMarked;
