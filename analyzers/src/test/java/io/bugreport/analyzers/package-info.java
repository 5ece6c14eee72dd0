/// The harness: every check against its fixtures, its declaration and its page.
@NullMarked
package io.bugreport.analyzers;

import org.jspecify.annotations.NullMarked;
