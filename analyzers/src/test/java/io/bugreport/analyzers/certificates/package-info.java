@NullMarked
package io.bugreport.analyzers.certificates;

import org.jspecify.annotations.NullMarked;
