@NullMarked
package io.bugreport.model.log;

import org.jspecify.annotations.NullMarked;
