package io.bugreport.analyzers.gateway;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.snapshot.StoredCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// The certificate and key that a gateway serves with, as a Secret holds them.
record ServerCertificate(Resource secret) {
  private static final Pattern REDACTED = Pattern.compile("\\[redacted: (\\d+) bytes]");
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /// What can be said of it.
  enum Verdict {
    SOUND,
    UNSOUND,
    /// The value was redacted.
    UNSEEN
  }

  /// A verdict and, where it is not sound, the end of a sentence about the Secret.
  record Judgement(Verdict verdict, String why) {}

  /// That there is no certificate where one should be.
  static final Judgement NONE = unsound("holds no certificate in the form of PEM");

  /// Judges one by its summary.
  static Judgement of(StoredCertificate certificate, Instant now) {
    return certificate.keyMatches().orElse(true)
        ? at(now, certificate.from(), certificate.until())
        : unsound("holds a key that is not the one of its certificate");
  }

  /// Judges it at a time. The pair `tls.crt` and `tls.key` is what Kubernetes calls it, `cert` and
  /// `key` what Istio took before.
  Judgement at(Instant now) {
    var chain = pair("tls.crt", "tls.key").or(() -> pair("cert", "key"));
    if (chain.isEmpty()) {
      return unsound("holds neither tls.crt and tls.key nor cert and key");
    }
    if (REDACTED.matcher(chain.get()).matches()) {
      return new Judgement(Verdict.UNSEEN, "its certificate is redacted");
    }
    var begin = chain.get().indexOf(BEGIN);
    var end = chain.get().indexOf(END, Math.max(0, begin));
    if (begin < 0 || end < 0) {
      return NONE;
    }
    return at(now, chain.get().substring(begin, end + END.length()) + "\n");
  }

  private static Judgement at(Instant now, String pem) {
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException _) {
      return unsound("holds a certificate that cannot be read");
    }
    return at(now, certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static Judgement at(Instant now, Instant from, Instant until) {
    if (now.isAfter(until)) {
      return unsound("holds a certificate that expired on " + until);
    }
    return now.isBefore(from)
        ? unsound("holds a certificate that is not valid before " + from)
        : new Judgement(Verdict.SOUND, "");
  }

  private static Judgement unsound(String why) {
    return new Judgement(Verdict.UNSOUND, why);
  }

  /// The text of a certificate whose key is there too.
  private Optional<String> pair(String certificate, String key) {
    return text(key).flatMap(_ -> text(certificate));
  }

  private Optional<String> text(String key) {
    return secret
        .field("data")
        .flatMap(data -> data.named(key))
        .flatMap(ServerCertificate::decoded)
        .or(() -> secret.field("stringData").flatMap(data -> data.named(key)).map(Field::text))
        .filter(text -> !text.isEmpty() && !text.equals("[redacted: 0 bytes]"));
  }

  /// What cannot be decoded stands for itself, and then is no certificate.
  private static Optional<String> decoded(Field value) {
    try {
      return Optional.of(
          new String(Base64.getMimeDecoder().decode(value.text()), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException _) {
      return Optional.of(value.text());
    }
  }
}
