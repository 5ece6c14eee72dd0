/// What redaction must take, and what it must leave.
@NullMarked
package io.bugreport.collector.redaction;

import org.jspecify.annotations.NullMarked;
