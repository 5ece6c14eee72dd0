/// What the report promises, tested on small snapshots and in a real browser.
@NullMarked
package io.bugreport.report.timeline;

import org.jspecify.annotations.NullMarked;
