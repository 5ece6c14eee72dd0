/// What istiod's debug interface and the agents answer, read into values that checks and reports
/// share.
@NullMarked
package io.bugreport.model.istiod;

import org.jspecify.annotations.NullMarked;
