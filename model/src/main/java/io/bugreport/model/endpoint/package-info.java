/// What the containers of a mesh answer over HTTP: the only requests that are ever sent to them.
@NullMarked
package io.bugreport.model.endpoint;

import org.jspecify.annotations.NullMarked;
