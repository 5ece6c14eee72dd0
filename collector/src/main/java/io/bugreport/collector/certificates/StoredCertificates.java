package io.bugreport.collector.certificates;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The certificates in one Secret or ConfigMap.
final class StoredCertificates {
  private static final int LARGEST = 1 << 20;

  /// Which entry holds the key of which certificate, in the Secrets of Kubernetes
  /// (`kubernetes.io/tls`), of Istio's gateways and of Istio's CA.
  private static final Map<String, String> KEY_OF =
      Map.of(
          "tls.crt", "tls.key",
          "cert", "key",
          "ca-cert.pem", "ca-key.pem",
          "cert-chain.pem", "key.pem");

  private final String kind;
  private final Field object;
  private final SequencedMap<String, String> texts = new LinkedHashMap<>();

  private StoredCertificates(String kind, Field object) {
    this.kind = kind;
    this.object = object;
  }

  static List<CertificateSummary> of(String kind, Node.Mapping object) {
    var stored = new StoredCertificates(kind, new Field("", "", object));
    stored.readTexts();
    return stored.summaries();
  }

  private void readTexts() {
    var data = object.field("data").map(Field::node);
    if (data.isPresent() && data.get() instanceof Node.Mapping(var fields, _, _)) {
      fields.forEach(
          (name, value) -> {
            var text = new Field("", "", value).text();
            if (text.length() <= LARGEST) {
              texts.put(name, kind.equals("Secret") ? decoded(text) : text);
            }
          });
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private List<CertificateSummary> summaries() {
    List<CertificateSummary> found = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          if (Pem.hasCertificate(text)) {
            var key =
                Optional.ofNullable(KEY_OF.get(name)).map(texts::get).flatMap(Pem::privateKey);
            var certificates = Pem.certificates(text);
            for (var i = 0; i < certificates.size(); i++) {
              var certificate = certificates.get(i);
              // The key is that of the first one; what follows are its issuers.
              var matches =
                  i > 0
                      ? Optional.<Boolean>empty()
                      : key.map(k -> KeyMatch.matches(k, certificate.getPublicKey()));
              found.add(
                  CertificateSummary.of(
                      kind,
                      object.text("metadata.namespace"),
                      object.text("metadata.name"),
                      name,
                      i,
                      certificate,
                      matches));
            }
          }
        });
    return found;
  }
}
