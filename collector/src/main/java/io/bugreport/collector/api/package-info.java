/// Requests to a cluster's API server: streamed bodies, retries, errors in its own words.
@NullMarked
package io.bugreport.collector.api;

import org.jspecify.annotations.NullMarked;
