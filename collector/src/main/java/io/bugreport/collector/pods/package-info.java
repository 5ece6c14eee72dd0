/// Pods as the collector needs to know them, and their logs.
@NullMarked
package io.bugreport.collector.pods;

import org.jspecify.annotations.NullMarked;
