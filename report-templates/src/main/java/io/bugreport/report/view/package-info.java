/// What templates see: records of plain text, numbers and lists, in which everything is decided.
@NullMarked
package io.bugreport.report.view;

import org.jspecify.annotations.NullMarked;
