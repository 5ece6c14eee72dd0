/// What checks conclude: findings with their evidence, and what could not be evaluated.
@NullMarked
package io.bugreport.model.finding;

import org.jspecify.annotations.NullMarked;
