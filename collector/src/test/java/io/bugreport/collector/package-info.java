/// Specifications of the collector, against servers of the tests' own and a real cluster.
@NullMarked
package io.bugreport.collector;

import org.jspecify.annotations.NullMarked;
