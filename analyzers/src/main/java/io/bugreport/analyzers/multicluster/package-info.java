/// Checks of meshes that span several clusters and networks.
@NullMarked
package io.bugreport.analyzers.multicluster;

import org.jspecify.annotations.NullMarked;
