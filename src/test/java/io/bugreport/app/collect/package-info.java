/// Collection as a user runs it, against replayed meshes and a real Envoy.
@NullMarked
package io.bugreport.app.collect;

import org.jspecify.annotations.NullMarked;
