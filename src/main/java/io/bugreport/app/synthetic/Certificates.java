package io.bugreport.app.synthetic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The certificates of the samples. They were made once, by a test CA whose key is gone.
final class Certificates {
  static final String ROOT = "root-ca";
  static final Instant ROOT_FROM = Instant.parse("2026-10-01T08:00:00Z");
  static final Instant ROOT_UNTIL = Instant.parse("2036-09-28T08:00:00Z");
  static final String ROOT_SERIAL = "70c7d5c80fe9dcb36a3f1f3f7820f1c84019fb1b";

  private static final String REDACTED = "[redacted]";

  private Certificates() {}

  static String root() {
    return find(ROOT).orElseThrow(() -> new IllegalStateException("the root certificate is gone"));
  }

  static String gateway() {
    return find("gateway")
        .orElseThrow(() -> new IllegalStateException("the gateway's certificate is gone"));
  }

  /// The certificate chain of a proxy; empty for accounts that have no certificate of their own.
  static Optional<String> chain(Proxy proxy, Instant now) {
    return find("%s.%s%s"
            .formatted(
                proxy.id.namespace(), proxy.account, proxy.hasExpired(now) ? ".expired" : ""))
        .map(certificate -> certificate + root());
  }

  /// The serial number of a proxy's certificate, in hexadecimal digits.
  static String serial(Proxy proxy, Instant now) {
    var pem = chain(proxy, now);
    if (pem.isEmpty()) {
      return Names.uuid(proxy.id.toString()).replace("-", "");
    }
    try {
      var in = new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.US_ASCII));
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return ((X509Certificate) certificate).getSerialNumber().toString(16);
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of the samples cannot be read", e);
    }
  }

  private static Optional<String> find(String name) {
    try (var in = Certificates.class.getResourceAsStream("certificates/" + name + ".pem")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The value of a Secret's key, of which only the size is known.
  static String withheld(int bytes) {
    return base64("[redacted: " + bytes + " bytes]");
  }

  /// A certificate and its key as Envoy shows them.
  static ObjectNode shown(String chain) {
    return Tree.object(
        "certificate_chain",
        Tree.object("inline_bytes", base64(chain)),
        "private_key",
        Tree.object("inline_bytes", base64(REDACTED)));
  }
}
