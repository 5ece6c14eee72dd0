/// Checks of virtual machines in the mesh: WorkloadGroups and WorkloadEntries.
@NullMarked
package io.bugreport.analyzers.vm;

import org.jspecify.annotations.NullMarked;
