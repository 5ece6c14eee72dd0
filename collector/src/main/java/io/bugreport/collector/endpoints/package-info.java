/// What proxies, agents, istiods and ztunnels answer, over one port-forward for each pod.
@NullMarked
package io.bugreport.collector.endpoints;

import org.jspecify.annotations.NullMarked;
