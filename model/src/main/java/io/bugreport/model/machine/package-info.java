/// Virtual machines of a mesh: what is collected of one, and what an archive holds of it.
@NullMarked
package io.bugreport.model.machine;

import org.jspecify.annotations.NullMarked;
