/// What the scan of a finished archive sees.
@NullMarked
package io.bugreport.collector.leak;

import org.jspecify.annotations.NullMarked;
