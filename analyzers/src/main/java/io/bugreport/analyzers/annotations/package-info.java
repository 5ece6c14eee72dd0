/// Checks of the annotations that Istio reads from objects of Kubernetes.
@NullMarked
package io.bugreport.analyzers.annotations;

import org.jspecify.annotations.NullMarked;
