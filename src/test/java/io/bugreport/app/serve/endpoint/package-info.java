@NullMarked
package io.bugreport.app.serve.endpoint;

import org.jspecify.annotations.NullMarked;
