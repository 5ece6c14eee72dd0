@NullMarked
package io.bugreport.app.serve;

import org.jspecify.annotations.NullMarked;
