package io.bugreport.analyzers.security;

import static io.bugreport.model.resource.ResourceKind.REQUEST_AUTHENTICATION;

import io.bugreport.analyzers.mesh.Ties;
import io.bugreport.analyzers.mesh.Ties.Topic;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.LogAnalyzer;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.log.LogHits;
import io.bugreport.model.log.LogLine;
import io.bugreport.model.log.LogPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// istiod cannot fetch the public keys that a `RequestAuthentication` names with `jwksUri`, or
/// finds none at its `issuer`. It gives proxies a key that matches nothing, and every request with
/// a token of that issuer is refused with `401` (`Jwks doesn't have key to match kid or alg from
/// Jwt`).
///
/// The keys are fetched by istiod, not by the proxies: it is istiod's pod that has to reach the
/// address.
///
/// ## Fix
///
/// ```sh
/// kubectl -n istio-system logs deploy/istiod --since=1h | grep -i 'public key'
/// kubectl -n NAMESPACE get requestauthentication NAME -o yaml
/// ```
///
/// Correct `jwksUri`, let istiod reach it (egress policies, DNS, `PILOT_JWT_ENABLE_REMOTE_JWKS`),
/// or give the keys themselves in `jwks`.
@Check(
    codes = "CP-19",
    title = "Keys for tokens that istiod cannot fetch",
    severity = Severity.ERROR,
    resources = REQUEST_AUTHENTICATION,
    sources = Source.ISTIOD_LOG)
public final class UnreachableKeys implements LogAnalyzer {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"\\\\,]+");
  private static final LogPattern PATTERN = new LogPattern("keys", UnreachableKeys::address);

  private static Optional<String> address(LogLine line) {
    var text = line.text();
    if (!text.toLowerCase(Locale.ROOT).contains("failed to fetch public key")
        && !text.contains("failed to fetch jwks")) {
      return Optional.empty();
    }
    var address = ADDRESS.matcher(text);
    return address.find() ? Optional.of(address.group()) : Optional.empty();
  }

  @Override
  public List<LogPattern> patterns() {
    return List.of(PATTERN);
  }

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    Map<String, LogHits> byAddress = new HashMap<>();
    for (var hits : mesh.hits(PATTERN)) {
      byAddress.putIfAbsent(hits.log().cluster() + " " + trimmed(hits.key()), hits);
    }
    List<Observation> observations = new ArrayList<>();
    for (var policy : mesh.all(REQUEST_AUTHENTICATION)) {
      for (var rule : policy.fields("spec.jwtRules.*")) {
        var uri = rule.field("jwksUri").or(() -> rule.field("issuer"));
        if (uri.isEmpty() || !rule.text("jwks").isEmpty()) {
          continue;
        }
        var hits = byAddress.get(policy.id().cluster() + " " + trimmed(uri.get().text()));
        if (hits != null) {
          observations.add(
              Observation.of(
                      policy,
                      uri.get(),
                      "istiod could not fetch the keys at %s: requests with tokens of %s are refused with 401."
                          .formatted(uri.get().text(), rule.text("issuer")))
                  .and(hits.locations().getFirst())
                  .with(hits.pod())
                  .tie(Ties.topic(Topic.KEYS, policy.id().cluster())));
        }
      }
    }
    return observations;
  }

  private static String trimmed(String address) {
    return address.replaceAll("[/:.]+$", "");
  }
}
