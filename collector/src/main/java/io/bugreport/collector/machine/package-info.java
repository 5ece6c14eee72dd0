/// Collects from virtual machines: one script that only reads, run there by a shell, and what it
/// prints read as hostile input.
@NullMarked
package io.bugreport.collector.machine;

import org.jspecify.annotations.NullMarked;
