package io.bugreport.model.seal;

import java.io.IOException;
import java.nio.file.Path;

/// What signs an archive: an Ed25519 key of minisign or OpenSSH, without a passphrase.
public sealed interface SigningKey permits MinisignKey, SshKey {

  /// Reads a key file: a `minisign.key` made with `minisign -G -W`, or an `id_ed25519`.
  ///
  /// @throws KeyException when it is neither, or has a passphrase
  static SigningKey read(Path file) throws IOException {
    var text = KeyLines.text(file);
    try {
      return text.contains(SshKey.BEGIN) ? SshKey.read(text) : MinisignKey.read(text);
    } catch (KeyException e) {
      throw new KeyException(file + " cannot sign: " + e.getMessage(), e);
    }
  }

  /// What the signature's file name adds to that of the file signed: what the tool looks for.
  String suffix();

  /// Signs a file.
  ///
  /// @param comment a line that is signed too, where the format has room for one
  /// @return the text of the signature's file
  String sign(byte[] file, String comment);
}
