/// `bug-report collect`: from the clusters that the options name to one archive with its report.
@NullMarked
package io.bugreport.app.collect;

import org.jspecify.annotations.NullMarked;
