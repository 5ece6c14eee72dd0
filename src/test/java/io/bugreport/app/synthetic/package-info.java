@NullMarked
package io.bugreport.app.synthetic;

import org.jspecify.annotations.NullMarked;
