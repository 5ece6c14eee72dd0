/// Specifications of how objects are written.
@NullMarked
package io.bugreport.collector.resources;

import org.jspecify.annotations.NullMarked;
