/// The command line: one class for each command, what they share, and how errors are told.
@NullMarked
package io.bugreport.app;

import org.jspecify.annotations.NullMarked;
