/// Checks of meshes with several clusters and networks.
@NullMarked
package io.bugreport.analyzers.multicluster;

import org.jspecify.annotations.NullMarked;
