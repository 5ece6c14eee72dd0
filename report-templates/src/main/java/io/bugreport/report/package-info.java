/// The results of a snapshot in every form that people and programs read: the HTML page, the
/// ticket, the console summary, JSON, SARIF and JUnit. The same snapshot gives the same bytes.
@NullMarked
package io.bugreport.report;

import org.jspecify.annotations.NullMarked;
