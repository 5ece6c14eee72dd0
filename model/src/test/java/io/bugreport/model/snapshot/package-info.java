/// Tests of snapshots.
@NullMarked
package io.bugreport.model.snapshot;

import org.jspecify.annotations.NullMarked;
