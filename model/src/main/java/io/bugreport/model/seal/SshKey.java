package io.bugreport.model.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;

/// A private key of OpenSSH, and the
/// [format](https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig) of signatures
/// that `ssh-keygen -Y verify` reads.
final class SshKey implements SigningKey {
  static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  static final String SUFFIX = ".sig";
  static final String TYPE = "ssh-ed25519";

  /// What the signature is for: nobody can use it for a Git commit, say.
  static final String NAMESPACE = "file";

  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final int LINE = 70;

  /// The public key as OpenSSH writes it.
  private final byte[] blob;

  private final PrivateKey key;

  private SshKey(byte[] blob, PrivateKey key) {
    this.blob = blob;
    this.key = key;
  }

  static SshKey read(String text) throws KeyException {
    var from = text.indexOf(BEGIN) + BEGIN.length();
    var to = text.indexOf(END, from);
    if (to < 0) {
      throw new KeyException("its last line is missing");
    }
    byte[] decoded;
    try {
      decoded = Base64.getMimeDecoder().decode(text.substring(from, to));
    } catch (IllegalArgumentException _) {
      throw new KeyException("it is no base64"); // without the cause: it quotes
    }
    var bytes = new Bytes(decoded);
    bytes.expect("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
    if (!bytes.text().equals("none")) {
      throw new KeyException(
          "it has a passphrase; name one without, as ssh-keygen -t ed25519 -N '' makes it");
    }
    bytes.string(); // how a key is derived from a passphrase
    bytes.string();
    if (bytes.number() != 1) {
      throw new KeyException("it holds several keys");
    }
    var blob = bytes.string();
    var secret = new Bytes(bytes.string());
    var check = secret.number();
    if (secret.number() != check) {
      throw new KeyException("it is damaged");
    }
    var type = secret.text();
    if (!type.equals(TYPE)) {
      throw new KeyException("it is of the type " + type + "; only " + TYPE + " is supported");
    }
    secret.string(); // the public key once more
    try {
      return new SshKey(blob, Ed25519.privateKey(new Bytes(secret.string()).take(Ed25519.KEY)));
    } catch (GeneralSecurityException _) {
      throw new KeyException("it is damaged");
    }
  }

  @Override
  public String suffix() {
    return SUFFIX;
  }

  @Override
  public String sign(byte[] file, String comment) {
    var signature = Ed25519.sign(key, signed(NAMESPACE, "sha512", Hash.of("SHA-512", file)));
    var all =
        Bytes.join(
            MAGIC.getBytes(StandardCharsets.US_ASCII),
            new byte[] {0, 0, 0, 1},
            Bytes.string(blob),
            Bytes.string(NAMESPACE),
            Bytes.string(""),
            Bytes.string("sha512"),
            Bytes.string(Bytes.join(Bytes.string(TYPE), Bytes.string(signature))));
    var lines = Base64.getMimeEncoder(LINE - LINE % 4, new byte[] {'\n'}).encodeToString(all);
    return SshSignature.BEGIN + "\n" + lines + "\n" + SshSignature.END + "\n";
  }

  static final String MAGIC = "SSHSIG";

  /// What is signed in place of the file.
  static byte[] signed(String namespace, String algorithm, byte[] hash) {
    return Bytes.join(
        MAGIC.getBytes(StandardCharsets.US_ASCII),
        Bytes.string(namespace),
        Bytes.string(""),
        Bytes.string(algorithm),
        Bytes.string(hash));
  }
}
