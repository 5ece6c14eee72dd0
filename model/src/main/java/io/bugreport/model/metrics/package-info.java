/// Metrics in Prometheus' text form, as istiod, agents and Envoys answer them.
@NullMarked
package io.bugreport.model.metrics;

import org.jspecify.annotations.NullMarked;
