/// Certificate signing requests, which live for a minute and so are watched while a run lasts.
@NullMarked
package io.bugreport.collector.signing;

import org.jspecify.annotations.NullMarked;
