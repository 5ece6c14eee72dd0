/// Selection by its examples.
@NullMarked
package io.bugreport.collector.selection;

import org.jspecify.annotations.NullMarked;
