/// What checks need to know of certificates, computed while the objects that hold them pass: keys
/// go no further than this.
@NullMarked
package io.bugreport.collector.certificates;

import org.jspecify.annotations.NullMarked;
