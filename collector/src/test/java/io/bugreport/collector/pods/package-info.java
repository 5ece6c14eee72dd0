/// Specifications of how pods are understood and their logs collected.
@NullMarked
package io.bugreport.collector.pods;

import org.jspecify.annotations.NullMarked;
