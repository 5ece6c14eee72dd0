package io.bugreport.model.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// What tells whether a signature is of the one whom the reader trusts: a public key of minisign or
/// OpenSSH.
public final class VerifyingKey {
  private final PublicKey key;
  private final String suffix;

  /// The key's number in minisign, or its blob in OpenSSH.
  private final byte[] name;

  private VerifyingKey(PublicKey key, String suffix, byte[] name) {
    this.key = key;
    this.suffix = suffix;
    this.name = name;
  }

  /// Reads a key file: `minisign.pub`, `id_ed25519.pub`, or a line of `allowed_signers`.
  ///
  /// @throws KeyException when it is none of these
  public static VerifyingKey read(Path file) throws IOException {
    var lines = KeyLines.of(file);
    try {
      for (var line : lines) {
        var words = List.of(line.split("\\s+"));
        var type = words.indexOf(SshKey.TYPE);
        if (type >= 0 && type + 1 < words.size()) {
          return ssh(decoded(words.get(type + 1)));
        }
      }
      var last = lines.isEmpty() ? "" : lines.getLast();
      return minisign(decoded(last));
    } catch (KeyException | GeneralSecurityException e) {
      throw new KeyException(
          file + " is no public Ed25519 key of minisign or OpenSSH: " + e.getMessage(), e);
    }
  }

  private static byte[] decoded(String base64) throws KeyException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new KeyException("it is no base64", e);
    }
  }

  private static VerifyingKey ssh(byte[] blob) throws KeyException, GeneralSecurityException {
    var bytes = new Bytes(blob);
    bytes.expect(Bytes.string(SshKey.TYPE));
    var point = new Bytes(bytes.string()).take(Ed25519.KEY);
    return new VerifyingKey(Ed25519.publicKey(point), SshKey.SUFFIX, blob);
  }

  private static VerifyingKey minisign(byte[] decoded)
      throws KeyException, GeneralSecurityException {
    var bytes = new Bytes(decoded);
    bytes.expect(MinisignKey.PURE.getBytes(StandardCharsets.US_ASCII));
    var number = bytes.take(MinisignKey.NUMBER);
    return new VerifyingKey(Ed25519.publicKey(bytes.take(Ed25519.KEY)), MinisignKey.SUFFIX, number);
  }

  /// What the file name of this key's signatures adds to that of the file signed.
  public String suffix() {
    return suffix;
  }

  /// Holds a signature against the file.
  ///
  /// @throws KeyException when it is not this key's word, saying why
  public void verify(byte[] file, String signature) throws KeyException {
    var good =
        suffix.equals(SshKey.SUFFIX) ? verifySsh(file, signature) : verifyMinisign(file, signature);
    if (!good) {
      throw new KeyException("the signature does not fit: what was signed was changed");
    }
  }

  private boolean verifySsh(byte[] file, String text) throws KeyException {
    var signature = SshSignature.read(text);
    refuseUnless(Arrays.equals(signature.blob(), name));
    if (!signature.namespace().equals(SshKey.NAMESPACE)) {
      throw new KeyException("the signature is for something else than a file");
    }
    return Ed25519.verifies(key, signature.signed(file), signature.signature());
  }

  private boolean verifyMinisign(byte[] file, String text) throws KeyException {
    var lines = text.lines().toList();
    var mark = "trusted comment: ";
    if (lines.size() < 4 || !lines.get(2).startsWith(mark)) {
      throw new KeyException("it is no signature of minisign");
    }
    var bytes = new Bytes(decoded(lines.get(1)));
    var kind = new String(bytes.take(2), StandardCharsets.US_ASCII);
    if (!kind.equals(MinisignKey.PURE)) {
      throw new KeyException(
          "the signature is under a BLAKE2 hash; verify it with minisign, or sign with -l");
    }
    refuseUnless(Arrays.equals(bytes.take(MinisignKey.NUMBER), name));
    var signature = bytes.take(Ed25519.SIGNATURE);
    var comment = lines.get(2).substring(mark.length()).getBytes(StandardCharsets.UTF_8);
    return Ed25519.verifies(key, file, signature)
        && Ed25519.verifies(key, Bytes.join(signature, comment), decoded(lines.get(3)));
  }

  private static void refuseUnless(boolean ours) throws KeyException {
    if (!ours) {
      throw new KeyException("the signature is of another key");
    }
  }
}
