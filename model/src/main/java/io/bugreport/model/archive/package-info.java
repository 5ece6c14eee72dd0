/// The archive as a container of files: how paths are built, written and read back. It knows no
/// evidence.
@NullMarked
package io.bugreport.model.archive;

import org.jspecify.annotations.NullMarked;
