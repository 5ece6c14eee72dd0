/// What the report promises, tested on small snapshots and in a real browser.
@NullMarked
package io.bugreport.report.logs;

import org.jspecify.annotations.NullMarked;
