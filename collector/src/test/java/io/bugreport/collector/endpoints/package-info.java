/// Specifications of requests to pods, and of reading what they answer.
@NullMarked
package io.bugreport.collector.endpoints;

import org.jspecify.annotations.NullMarked;
