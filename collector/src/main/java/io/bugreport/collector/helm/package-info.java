/// The state of Helm releases, read from the Secrets in which Helm keeps them while these pass:
/// what is secret in them goes no further than this.
@NullMarked
package io.bugreport.collector.helm;

import org.jspecify.annotations.NullMarked;
