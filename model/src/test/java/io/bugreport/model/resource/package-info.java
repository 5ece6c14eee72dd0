/// What documents hold, and where.
@NullMarked
package io.bugreport.model.resource;

import org.jspecify.annotations.NullMarked;
