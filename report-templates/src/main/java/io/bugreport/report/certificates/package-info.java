/// Every certificate that a snapshot knows of: those of proxies, and the summaries of those in
/// secrets.
@NullMarked
package io.bugreport.report.certificates;

import org.jspecify.annotations.NullMarked;
