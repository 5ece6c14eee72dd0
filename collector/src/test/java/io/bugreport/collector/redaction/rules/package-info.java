@NullMarked
package io.bugreport.collector.redaction.rules;

import org.jspecify.annotations.NullMarked;
