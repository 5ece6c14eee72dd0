/// Which pods a run is about: istioctl's `--include` and `--exclude` grammar, with the meaning that
/// its help promises.
@NullMarked
package io.bugreport.collector.selection;

import org.jspecify.annotations.NullMarked;
