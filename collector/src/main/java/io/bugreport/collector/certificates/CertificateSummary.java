package io.bugreport.collector.certificates;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// A certificate as `certificates.json` tells of it.
///
/// @param kind of the object that holds it, `Secret` or `ConfigMap`
/// @param entry the object's entry, such as `tls.crt`
/// @param position its place in a chain, from 0
/// @param names its subject alternative names
/// @param sha256 of its DER, in hexadecimal
/// @param keyMatches whether the private key beside it belongs to it; empty where there is none
record CertificateSummary(
    String kind,
    String namespace,
    String name,
    String entry,
    int position,
    String subject,
    String issuer,
    String serial,
    Instant from,
    Instant until,
    List<String> names,
    boolean authority,
    String algorithm,
    int bits,
    String signature,
    String sha256,
    Optional<Boolean> keyMatches) {

  CertificateSummary {
    names = List.copyOf(names);
  }

  static CertificateSummary of(
      String kind,
      String namespace,
      String name,
      String entry,
      int position,
      X509Certificate certificate,
      Optional<Boolean> keyMatches) {
    var key = certificate.getPublicKey();
    return new CertificateSummary(
        kind,
        namespace,
        name,
        entry,
        position,
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        certificate.getSerialNumber().toString(16),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        names(certificate),
        certificate.getBasicConstraints() >= 0,
        key.getAlgorithm(),
        bits(key),
        certificate.getSigAlgName(),
        fingerprint(certificate),
        keyMatches);
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names.stream().map(n -> String.valueOf(n.get(1))).toList();
    } catch (CertificateParsingException e) {
      return List.of("unreadable: " + e.getMessage());
    }
  }

  private static int bits(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength();
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength();
      default -> 0;
    };
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("every Java has SHA-256, and this certificate was read", e);
    }
  }

  void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("kind", kind);
    json.writeStringProperty("namespace", namespace);
    json.writeStringProperty("name", name);
    json.writeStringProperty("entry", entry);
    json.writeNumberProperty("position", position);
    json.writeStringProperty("subject", subject);
    json.writeStringProperty("issuer", issuer);
    json.writeStringProperty("serial", serial);
    json.writeStringProperty("notBefore", from.toString());
    json.writeStringProperty("notAfter", until.toString());
    json.writeName("names");
    json.writeStartArray();
    names.forEach(json::writeString);
    json.writeEndArray();
    json.writeBooleanProperty("isCA", authority);
    json.writeStringProperty("algorithm", algorithm);
    json.writeNumberProperty("bits", bits);
    json.writeStringProperty("signature", signature);
    json.writeStringProperty("sha256", sha256);
    keyMatches.ifPresent(m -> json.writeBooleanProperty("keyMatches", m));
    json.writeEndObject();
  }
}
