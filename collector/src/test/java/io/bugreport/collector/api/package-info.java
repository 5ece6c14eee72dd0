/// Specifications of what is sent to an API server.
@NullMarked
package io.bugreport.collector.api;

import org.jspecify.annotations.NullMarked;
