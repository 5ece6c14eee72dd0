@NullMarked
package io.bugreport.app.serve.api;

import org.jspecify.annotations.NullMarked;
