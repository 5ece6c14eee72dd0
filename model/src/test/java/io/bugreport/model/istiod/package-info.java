@NullMarked
package io.bugreport.model.istiod;

import org.jspecify.annotations.NullMarked;
