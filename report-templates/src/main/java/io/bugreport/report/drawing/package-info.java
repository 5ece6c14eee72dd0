/// Pictures as lists of shapes: everything is placed here, and the page's template only writes it
/// down, with the escaping that all text gets.
@NullMarked
package io.bugreport.report.drawing;

import org.jspecify.annotations.NullMarked;
