package io.bugreport.analyzers.mesh;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates as text.
public final class Pem {
  private Pem() {}

  /// The certificates of a PEM text; none where one of them cannot be read.
  public static List<X509Certificate> certificates(String pem) {
    return certificates(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /// The certificates of a PEM text in base64, as webhooks and Envoy carry it; none where it cannot
  /// be read.
  public static List<X509Certificate> encodedCertificates(String base64) {
    try {
      return certificates(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  private static List<X509Certificate> certificates(byte[] pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      var in = new ByteArrayInputStream(pem);
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (certificate instanceof X509Certificate x509) {
          certificates.add(x509);
        }
      }
    } catch (CertificateException _) {
      return List.of();
    }
    return certificates;
  }
}
