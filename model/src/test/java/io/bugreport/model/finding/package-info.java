/// Tests of findings and their order.
@NullMarked
package io.bugreport.model.finding;

import org.jspecify.annotations.NullMarked;
