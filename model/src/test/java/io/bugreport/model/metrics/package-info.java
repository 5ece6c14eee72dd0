@NullMarked
package io.bugreport.model.metrics;

import org.jspecify.annotations.NullMarked;
