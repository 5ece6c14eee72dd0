/// Encryption of an archive to recipients, and signatures under what it holds. The formats are ones
/// that people have keys for: age, minisign and OpenSSH.
@NullMarked
package io.bugreport.model.seal;

import org.jspecify.annotations.NullMarked;
