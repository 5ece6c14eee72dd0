package io.bugreport.collector.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The blocks of a PEM text (RFC 7468) that are of use here.
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final int CERTIFICATES = 20;

  /// A private key as it stands in a file.
  ///
  /// @param wrapped whether it is PKCS#8, and not the key's own format
  /// @param base64 the key itself, in base64
  record PrivateKeyBlock(boolean wrapped, String base64) {
    byte[] der() {
      return Base64.getMimeDecoder().decode(base64);
    }

    @Override
    public String toString() {
      return "a private key";
    }
  }

  private Pem() {}

  static boolean hasCertificate(String text) {
    return text.contains("-----BEGIN " + CERTIFICATE + "-----");
  }

  /// The certificates, twenty at most; those that cannot be read are left out.
  static List<X509Certificate> certificates(String text) {
    List<X509Certificate> found = new ArrayList<>();
    var block = BLOCK.matcher(text);
    while (block.find() && found.size() < CERTIFICATES) {
      if (block.group(1).equals(CERTIFICATE)) {
        decoded(block.group(2)).flatMap(Pem::certificate).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<X509Certificate> certificate(byte[] der) {
    try {
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der))
              instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (CertificateException _) {
      return Optional.empty();
    }
  }

  /// The first private key that is not encrypted.
  static Optional<PrivateKeyBlock> privateKey(String text) {
    var block = BLOCK.matcher(text);
    while (block.find()) {
      var name = block.group(1);
      var wrapped = name.equals("PRIVATE KEY");
      if (wrapped || name.equals("RSA PRIVATE KEY") || name.equals("EC PRIVATE KEY")) {
        return Optional.of(new PrivateKeyBlock(wrapped, block.group(2).strip()));
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(
          Base64.getMimeDecoder().decode(base64.strip().getBytes(StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
