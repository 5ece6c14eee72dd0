/// Archives that are written anew from others: smaller, in another format, in parts, signed, or
/// encrypted.
@NullMarked
package io.bugreport.app.pack;

import org.jspecify.annotations.NullMarked;
