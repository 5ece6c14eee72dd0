/// The replay server: serves a snapshot as Kubernetes API servers on loopback.
@NullMarked
package io.bugreport.app.serve;

import org.jspecify.annotations.NullMarked;
