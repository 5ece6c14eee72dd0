package io.bugreport.model.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;

/// A secret key of [minisign](https://jedisct1.github.io/minisign/), and the format of its
/// signatures.
final class MinisignKey implements SigningKey {
  static final String SUFFIX = ".minisig";
  static final int NUMBER = 8;

  /// A signature under the file itself, and not under its hash.
  static final String PURE = "Ed";

  private static final int SALT_AND_LIMITS = 32 + 8 + 8;

  /// Tells which key a signature is of.
  private final byte[] number;

  private final PrivateKey key;

  private MinisignKey(byte[] number, PrivateKey key) {
    this.number = number;
    this.key = key;
  }

  static MinisignKey read(String text) throws KeyException {
    var lines = text.lines().toList();
    if (lines.size() < 2 || !lines.getFirst().startsWith("untrusted comment:")) {
      throw new KeyException("it is no secret key of minisign, and none of OpenSSH");
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(lines.get(1).strip());
    } catch (IllegalArgumentException _) {
      throw new KeyException("its second line is no base64"); // without the cause: it quotes
    }
    var bytes = new Bytes(decoded);
    bytes.expect(PURE.getBytes(StandardCharsets.US_ASCII));
    var derivation = bytes.take(2);
    if (derivation[0] != 0 || derivation[1] != 0) {
      throw new KeyException("it has a password; make one without: minisign -G -W");
    }
    bytes.expect("B2".getBytes(StandardCharsets.US_ASCII));
    bytes.take(SALT_AND_LIMITS);
    var number = bytes.take(NUMBER);
    var seed = bytes.take(Ed25519.KEY);
    var point = bytes.take(Ed25519.KEY);
    try {
      var key = Ed25519.privateKey(seed);
      if (!Ed25519.verifies(Ed25519.publicKey(point), number, Ed25519.sign(key, number))) {
        throw new KeyException("it is damaged: its two halves do not belong together");
      }
      return new MinisignKey(number, key);
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
    var signature = Ed25519.sign(key, file);
    var line = comment.replaceAll("\\p{Cntrl}", " ");
    var global = Ed25519.sign(key, Bytes.join(signature, line.getBytes(StandardCharsets.UTF_8)));
    var base64 = Base64.getEncoder();
    var named = Bytes.join(PURE.getBytes(StandardCharsets.US_ASCII), number, signature);
    return """
    untrusted comment: signature of bug-report
    %s
    trusted comment: %s
    %s
    """
        .formatted(base64.encodeToString(named), line, base64.encodeToString(global));
  }
}
