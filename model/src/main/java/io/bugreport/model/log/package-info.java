/// Lines of logs: those of istiod, agents and ztunnel, and Envoy's access log.
@NullMarked
package io.bugreport.model.log;

import org.jspecify.annotations.NullMarked;
