/// What the containers of a snapshot's pods answered, replayed: over HTTP on a forwarded port, and
/// to the commands by which such answers are read inside a pod.
@NullMarked
package io.bugreport.app.serve.endpoint;

import org.jspecify.annotations.NullMarked;
