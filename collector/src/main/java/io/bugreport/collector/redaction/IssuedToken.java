package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token that shows by the prefix its issuer gives it.
///
/// @param name as in reports
/// @param prefix what it starts with, capitals as they are
/// @param body the characters after the prefix
/// @param shortest how many of them there are at least
/// @param longest how many there are at most
record IssuedToken(String name, String prefix, Bytes body, int shortest, int longest)
    implements Rule {
  private static final int ANY = 4096;
  private static final Bytes UPPER = Bytes.of("A-Z0-9");
  private static final Bytes ALPHANUMERIC = Bytes.of("a-zA-Z0-9");
  private static final Bytes HEX = Bytes.of("0-9a-f");
  private static final Bytes DOTTED = Bytes.of("a-zA-Z0-9._-");

  /// All prefixes known here; each is documented by its issuer.
  static List<IssuedToken> all() {
    return List.of(
        new IssuedToken("aws-access-key", "AKIA", UPPER, 16, 16),
        new IssuedToken("aws-access-key", "ASIA", UPPER, 16, 16),
        new IssuedToken("google-api-key", "AIza", Bytes.BASE64URL, 35, 35),
        new IssuedToken("google-oauth-token", "ya29.", Bytes.BASE64URL, 20, ANY),
        new IssuedToken("google-oauth-token", "GOCSPX-", Bytes.BASE64URL, 20, 64),
        new IssuedToken("github-token", "ghp_", ALPHANUMERIC, 36, 255),
        new IssuedToken("github-token", "gho_", ALPHANUMERIC, 36, 255),
        new IssuedToken("github-token", "ghu_", ALPHANUMERIC, 36, 255),
        new IssuedToken("github-token", "ghs_", DOTTED, 36, ANY),
        new IssuedToken("github-token", "ghr_", ALPHANUMERIC, 36, 255),
        new IssuedToken("github-token", "github_pat_", Bytes.WORD, 40, 255),
        new IssuedToken("gitlab-token", "glpat-", DOTTED, 20, 300),
        new IssuedToken("gitlab-token", "gldt-", DOTTED, 20, 300),
        new IssuedToken("gitlab-token", "glrt-", DOTTED, 20, 300),
        new IssuedToken("gitlab-token", "glcbt-", DOTTED, 20, 300),
        new IssuedToken("gitlab-token", "glptt-", DOTTED, 20, 300),
        new IssuedToken("slack-token", "xoxb-", Bytes.BASE64URL, 16, 255),
        new IssuedToken("slack-token", "xoxp-", Bytes.BASE64URL, 16, 255),
        new IssuedToken("slack-token", "xoxa-", Bytes.BASE64URL, 16, 255),
        new IssuedToken("slack-token", "xoxr-", Bytes.BASE64URL, 16, 255),
        new IssuedToken("slack-token", "xoxs-", Bytes.BASE64URL, 16, 255),
        new IssuedToken("slack-token", "xapp-", Bytes.BASE64URL, 16, 255),
        new IssuedToken(
            "slack-webhook", "hooks.slack.com/services/", Bytes.of("a-zA-Z0-9/"), 20, 255),
        new IssuedToken("npm-token", "npm_", ALPHANUMERIC, 36, 64),
        new IssuedToken("pypi-token", "pypi-", Bytes.BASE64URL, 50, ANY),
        new IssuedToken("stripe-key", "sk_live_", ALPHANUMERIC, 16, 255),
        new IssuedToken("stripe-key", "sk_test_", ALPHANUMERIC, 16, 255),
        new IssuedToken("stripe-key", "rk_live_", ALPHANUMERIC, 16, 255),
        new IssuedToken("stripe-key", "rk_test_", ALPHANUMERIC, 16, 255),
        new IssuedToken("webhook-secret", "whsec_", Bytes.BASE64, 20, 255),
        new IssuedToken("sendgrid-key", "SG.", DOTTED, 50, 100),
        new IssuedToken("vault-token", "hvs.", Bytes.BASE64URL, 20, ANY),
        new IssuedToken("vault-token", "hvb.", Bytes.BASE64URL, 20, ANY),
        new IssuedToken("digitalocean-token", "dop_v1_", HEX, 64, 64),
        new IssuedToken("docker-token", "dckr_pat_", Bytes.BASE64URL, 20, 64),
        new IssuedToken("huggingface-token", "hf_", ALPHANUMERIC, 30, 64),
        new IssuedToken("anthropic-key", "sk-ant-", Bytes.BASE64URL, 20, 255),
        new IssuedToken("openai-key", "sk-proj-", Bytes.BASE64URL, 20, 255),
        new IssuedToken("grafana-token", "glsa_", Bytes.WORD, 30, 64),
        new IssuedToken("grafana-token", "glc_", Bytes.BASE64, 30, 600),
        new IssuedToken("shopify-token", "shpat_", HEX, 32, 32),
        new IssuedToken("databricks-token", "dapi", HEX, 32, 32),
        new IssuedToken("tailscale-key", "tskey-", Bytes.BASE64URL, 16, 128),
        new IssuedToken("sentry-token", "sntrys_", Bytes.BASE64_ANY, 30, 600),
        new IssuedToken("newrelic-key", "NRAK-", ALPHANUMERIC, 27, 27),
        new IssuedToken("postman-key", "PMAK-", Bytes.BASE64URL, 50, 80),
        new IssuedToken("age-key", "AGE-SECRET-KEY-1", UPPER, 58, 58),
        new IssuedToken("openshift-token", "sha256~", Bytes.BASE64URL, 40, 64));
  }

  @Override
  public List<String> triggers() {
    return List.of(prefix);
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    if (!window.startsWith(from, prefix) || isInsideWord(window, from)) {
      return null;
    }
    var end = window.skip(to, body, longest + 1);
    var length = end - to;
    if (length < shortest || length > longest || !isMixed(window, to, end)) {
      return null;
    }
    return Span.of(from, end, Marker.PLAIN);
  }

  private static boolean isInsideWord(Window window, int from) {
    return Bytes.WORD.has(window.at(from - 1))
        && window.at(from - 2) != '\\'
        && window.at(from - 3) != '%';
  }

  /// Names of things have words after such a prefix, not digits among letters.
  private boolean isMixed(Window window, int from, int to) {
    if (body == UPPER) {
      return true;
    }
    for (var i = from; i < to; i++) {
      var c = window.at(i);
      if (c >= '0' && c <= '9') {
        return true;
      }
    }
    return false;
  }
}
