/// Tests of the command line, of the launcher's contract with it, and of the code as a whole.
@NullMarked
package io.bugreport.app;

import org.jspecify.annotations.NullMarked;
