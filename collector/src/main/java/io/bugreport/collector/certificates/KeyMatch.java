package io.bugreport.collector.certificates;

import io.bugreport.collector.certificates.Pem.PrivateKeyBlock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/// Whether a private key belongs to a certificate: what the one signs, the other verifies.
final class KeyMatch {
  private static final byte[] TEXT = "bug-report".getBytes(StandardCharsets.US_ASCII);
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  private KeyMatch() {}

  static boolean matches(PrivateKeyBlock key, PublicKey certified) {
    try {
      var der = key.wrapped() ? key.der() : wrapped(key.der(), certified);
      var algorithm = certified.getAlgorithm();
      var signer = Signature.getInstance(signature(algorithm));
      signer.initSign(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
      signer.update(TEXT);
      var signed = signer.sign();
      signer.initVerify(certified);
      signer.update(TEXT);
      return signer.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // A key of another kind than the certificate's cannot even be read as one of its kind.
      return false;
    }
  }

  private static String signature(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }

  /// PKCS#8 (RFC 5208) of a key in its own format (PKCS#1, SEC 1), with the algorithm that the
  /// certificate names.
  private static byte[] wrapped(byte[] key, PublicKey certified) {
    var info = ByteBuffer.wrap(certified.getEncoded());
    skipHeader(info);
    var start = info.position();
    var length = skipHeader(info);
    var algorithm = new byte[info.position() - start + length];
    info.get(start, algorithm);
    var content = new ByteArrayOutputStream();
    content.writeBytes(VERSION);
    content.writeBytes(algorithm);
    content.writeBytes(tagged(OCTETS, key));
    return tagged(SEQUENCE, content.toByteArray());
  }

  /// @return the length of the DER value whose tag and length were passed over
  private static int skipHeader(ByteBuffer der) {
    der.get();
    var first = der.get() & 0xff;
    var length = first;
    if (first >= 0x80) {
      length = 0;
      for (var i = 0; i < (first & 0x7f); i++) {
        length = (length << 8) | (der.get() & 0xff);
      }
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
