@NullMarked
package io.bugreport.app.serve.stream;

import org.jspecify.annotations.NullMarked;
