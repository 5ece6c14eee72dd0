/// Keeps secrets out of the archive: one streaming pass over every byte on its way to the disk.
/// [Redactor] is the entry; a [Rule] is a name, what announces it, and how its value is found.
@NullMarked
package io.bugreport.collector.redaction;

import org.jspecify.annotations.NullMarked;
