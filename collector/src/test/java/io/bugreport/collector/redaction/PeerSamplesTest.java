package io.bugreport.collector.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The 32 leak samples that collectors were measured with; the best of them masked seven. Each
/// secret is made here, so that the sources hold none.
final class PeerSamplesTest {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /// @param text what is collected, with `%s` where the secret stands
  /// @param kept what must still be readable around it
  private record Sample(String what, String path, String text, String secret, String kept) {
    String content() {
      return text.replace("%s", secret);
    }

    String redacted() {
      return Redacted.text(path, content());
    }

    @Override
    public String toString() {
      return what + ": " + redacted();
    }
  }

  private final Random random = new Random(732);

  private String draw(String alphabet, int length) {
    var text = new StringBuilder();
    random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
    return text.append('7').toString();
  }

  private String word() {
    return draw(ALPHABET, 19);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Sample object(String what, String text, String secret, String kept) {
    return new Sample(what, Redacted.OBJECTS, text, secret, kept);
  }

  private static Sample log(String what, String text, String secret, String kept) {
    return new Sample(what, Redacted.LOG, text, secret, kept);
  }

  private Sample jsonEnv(String name) {
    return object(
        "JSON env " + name,
        "{\n  \"env\": [\n    {\n      \"name\": \""
            + name
            + "\",\n      \"value\": \"%s\"\n    }\n  ]\n}\n",
        word(),
        name);
  }

  private List<Sample> samples() {
    var corpus = new Corpus();
    return List.of(
        jsonEnv("DB_PASSWORD"),
        jsonEnv("API_TOKEN"),
        jsonEnv("AWS_SECRET_ACCESS_KEY"),
        jsonEnv("APP_SECRET"),
        jsonEnv("PRIVATE_KEY"),
        object(
            "escaped JSON password",
            "{\"a\":\"[{\\\"name\\\":\\\"DB_PASSWORD\\\",\\\"value\\\":\\\"%s\\\"}]\"}",
            word(),
            "\\\"name\\\":\\\"DB_PASSWORD\\\""),
        log("password with a semicolon", "Server=db;Password=%s;Encrypt=true\n", word(), "Encrypt"),
        log("URL with userinfo", "GET https://app:%s@host.example/x\n", word(), "host.example/x"),
        log("database URL", "url postgres://app:%s@db:5432/shop ok\n", word(), "@db:5432/shop ok"),
        object(
            "the pod as YAML",
            "spec:\n  containers:\n  - env:\n    - name: APP_SECRET\n      value: %s\n    image: app:1\n",
            word(),
            "image: app:1"),
        object(
            "compact JSON",
            "{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"%s\"},{\"name\":\"A\",\"value\":\"b\"}]}",
            word(),
            "{\"name\":\"A\",\"value\":\"b\"}"),
        object(
            "stringData in last-applied-configuration",
            "metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n"
                + "      {\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"},"
                + "\"stringData\":{\"greeting\":\"%s\"}}\n  name: db\n",
            word(),
            "  name: db"),
        log(
            "password without a semicolon",
            "connecting password=%s retries=3\n",
            word(),
            "retries"),
        log("JSON log", "{\"level\":\"info\",\"password\":\"%s\",\"n\":1}\n", word(), "\"n\":1"),
        log("bearer", "> Authorization: Bearer %s\n", draw(ALPHABET, 31), "Authorization: Bearer"),
        log("basic", "> Authorization: Basic %s\n", base64("u:" + word()), "Authorization: Basic"),
        log("cookie", "> Cookie: lang=en; session=%s\n> Host: a\n", word(), "Host: a"),
        log("JWT", "got %s from the issuer\n", corpus.jwt(), "iss=https://issuer.example"),
        object(
            "PEM key",
            "key: |\n  %s\nafter: x\n",
            corpus.pem("RSA PRIVATE KEY", 9).replace("\n", "\n  "),
            "after: x"),
        log("AWS key id", "using AKI" + "A%s now\n", draw(UPPER, 15), "using"),
        log("GitHub token", "clone with gh" + "p_%s now\n", draw(ALPHABET, 35), "clone with"),
        log(
            "Slack token",
            "post as xox" + "b-%s now\n",
            "1234567890-" + draw(ALPHABET, 20),
            "post as"),
        log("Google key", "maps AIz" + "a%s now\n", draw(ALPHABET, 34), "maps"),
        log("Redis URL without a path", "redis://:%s@cache:6379 up\n", word(), "@cache:6379 up"),
        log("access token in a query", "GET /x?access_token=%s&page=2\n", word(), "&page=2"),
        object(
            "dockerconfigjson",
            "{\"auths\":{\"r.example\":{\"auth\":\"%s\"}}}",
            base64("robot:" + word()),
            "r.example"),
        object(
            "Envoy inline secret",
            "{\"name\":\"hmac\",\"generic_secret\":{\"secret\":{\"inline_string\":\"%s\"}}}",
            word(),
            "generic_secret"),
        object(
            "EnvoyFilter header",
            "request_headers_to_add:\n- header:\n    key: x-api-key\n    value: %s\n  append: false\n",
            word(),
            "append: false"),
        object(
            "JWKS private part",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"abc\",\"e\":\"AQAB\",\"d\":\"%s\"}]}",
            draw(ALPHABET, 85),
            "\"e\":\"AQAB\""),
        new Sample(
            "Secret data",
            Redacted.SECRETS,
            "apiVersion: v1\nkind: Secret\ndata:\n  greeting: %s\ntype: Opaque\n",
            base64(word()),
            "type: Opaque"),
        object(
            "file in a ConfigMap",
            "data:\n  app.properties: |\n    db.user=app\n    db.password=%s\n    db.pool=5\n",
            word(),
            "db.pool=5"),
        object(
            "kubeconfig token",
            "users:\n- name: admin\n  user:\n    token: %s\ncurrent-context: c\n",
            draw(ALPHABET, 40),
            "current-context: c"));
  }

  @Test
  void holdsAllOfThem() {
    assertThat(samples()).hasSize(32);
  }

  @Test
  void nothingOfThemIsLeft() {
    assertThat(samples().stream().filter(s -> s.redacted().contains(s.secret())))
        .as("samples that leak; give their shape a rule")
        .isEmpty();
  }

  @Test
  void whatStandsAroundThemIsKept() {
    assertThat(samples().stream().filter(s -> !s.redacted().contains(s.kept())))
        .as("samples that lost more than their secret")
        .isEmpty();
  }
}
