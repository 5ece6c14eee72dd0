/// What the user may do, asked of the API server before anything is planned.
@NullMarked
package io.bugreport.collector.rights;

import org.jspecify.annotations.NullMarked;
