/// Rules of redaction that users write. [UserRules] is the entry.
@NullMarked
package io.bugreport.collector.redaction.rules;

import org.jspecify.annotations.NullMarked;
