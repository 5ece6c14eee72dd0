package io.bugreport.model.seal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A signature as `ssh-keygen -Y sign` writes it.
final class SshSignature {
  static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
  static final String END = "-----END SSH SIGNATURE-----";

  private final byte[] blob;
  private final String namespace;
  private final String algorithm;
  private final byte[] signature;

  private SshSignature(byte[] blob, String namespace, String algorithm, byte[] signature) {
    this.blob = blob;
    this.namespace = namespace;
    this.algorithm = algorithm;
    this.signature = signature;
  }

  /// The public key of whoever says to have signed.
  byte[] blob() {
    return blob;
  }

  /// What it is for.
  String namespace() {
    return namespace;
  }

  byte[] signature() {
    return signature;
  }

  static SshSignature read(String text) throws KeyException {
    var from = text.indexOf(BEGIN);
    var to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new KeyException("it is no signature of OpenSSH");
    }
    byte[] decoded;
    try {
      decoded = Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to));
    } catch (IllegalArgumentException e) {
      throw new KeyException("it is no base64", e);
    }
    var bytes = new Bytes(decoded);
    bytes.expect(SshKey.MAGIC.getBytes(StandardCharsets.US_ASCII));
    bytes.expect(new byte[] {0, 0, 0, 1});
    var blob = bytes.string();
    var namespace = bytes.text();
    bytes.string();
    var algorithm = bytes.text();
    var signature = new Bytes(bytes.string());
    signature.expect(Bytes.string(SshKey.TYPE));
    return new SshSignature(blob, namespace, algorithm, signature.string());
  }

  /// The bytes that were signed in place of a file.
  byte[] signed(byte[] file) throws KeyException {
    var hash =
        switch (algorithm) {
          case "sha256" -> Hash.of("SHA-256", file);
          case "sha512" -> Hash.of("SHA-512", file);
          default -> throw new KeyException("its hash " + algorithm + " is not known");
        };
    return SshKey.signed(namespace, algorithm, hash);
  }
}
