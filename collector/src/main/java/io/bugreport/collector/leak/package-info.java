/// Looks for secrets in a finished archive, with detectors that share nothing with redaction: what
/// one of the two misses, the other may see. [LeakScan] is the entry.
@NullMarked
package io.bugreport.collector.leak;

import org.jspecify.annotations.NullMarked;
