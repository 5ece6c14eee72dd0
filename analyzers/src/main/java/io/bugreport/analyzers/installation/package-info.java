/// Checks of how the control plane is installed.
@NullMarked
package io.bugreport.analyzers.installation;

import org.jspecify.annotations.NullMarked;
