/// The contract of a check, the runner that calls it, and the processor that makes its
/// documentation.
@NullMarked
package io.bugreport.model.check;

import org.jspecify.annotations.NullMarked;
