package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Secrets planted wherever they occur, and harmless things that look like them. All are made when
/// tests run, so that no scanner finds one in the sources.
final class Corpus {
  private static final String MIXED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String HEX = "0123456789abcdef";

  /// A secret in its surroundings.
  ///
  /// @param text with a lone `V` where the secret stands, unless it holds the secret itself
  record Planted(String kind, String path, String text, String secret) {
    String content() {
      return text.contains(secret)
          ? text
          : PLACE.matcher(text).replaceFirst(Matcher.quoteReplacement(secret));
    }
  }

  private static final Pattern PLACE = Pattern.compile("(?<![A-Za-z])V(?![A-Za-z])");

  /// Something that must stay as it is.
  record LookAlike(String kind, String path, String text) {}

  private final Random random = new Random(20261124);

  private String draw(String alphabet, int length) {
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    text.setCharAt(length / 2, alphabet.contains("7") ? '7' : 'Q');
    return text.toString();
  }

  private String mixed(int length) {
    return draw(MIXED, length);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String url64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  String jwt() {
    return url64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
        + "."
        + url64(
            "{\"iss\":\"https://issuer.example\",\"sub\":\"someone\",\"x\":\"" + mixed(20) + "\"}")
        + "."
        + mixed(43);
  }

  String pem(String label, int lines) {
    var text = new StringBuilder("-----BEGIN " + label + "-----\n");
    for (var i = 0; i < lines; i++) {
      text.append(mixed(64)).append('\n');
    }
    return text.append("-----END ").append(label).append("-----\n").toString();
  }

  List<Planted> planted() {
    var all = new ArrayList<Planted>();
    named(all);
    tokens(all);
    keys(all);
    places(all);
    groups(all);
    embedded(all);
    accessLogs(all);
    encoded(all);
    return all;
  }

  private static void object(List<Planted> all, String kind, String text, String secret) {
    all.add(new Planted(kind, Redacted.OBJECTS, text, secret));
  }

  private static void log(List<Planted> all, String kind, String text, String secret) {
    all.add(new Planted(kind, Redacted.LOG, text, secret));
  }

  /// Lists and objects under telling names.
  private void groups(List<Planted> all) {
    for (var name : List.of("passwords", "apiKeys", "tokens", "clientSecrets", "password")) {
      object(all, "list in JSON", "{\"" + name + "\":[\"V\",\"true\"],\"o\":1}", mixed(20));
      object(all, "list in JSON", "{\"" + name + "\": [\n  \"true\",\n  \"V\"\n]}", mixed(20));
      object(all, "list escaped", "{\"a\":\"{\\\"" + name + "\\\":[\\\"V\\\"]}\"}", mixed(20));
      object(
          all,
          "list escaped",
          "{\"a\":\"{\\n  \\\"" + name + "\\\": [\\n    \\\"V\\\"\\n  ]\\n}\"}",
          mixed(20));
      object(all, "list in YAML", name + ":\n- V\n- true\nother: x\n", mixed(20));
      object(
          all, "list in YAML", "a:\n  " + name + ":\n    - true\n    - \"V\"\nb: c\n", mixed(20));
      object(all, "list in YAML", "a:\n  " + name + ": [true, V]\n", mixed(20));
      object(all, "object in JSON", "{\"" + name + "\":{\"value\":\"V\",\"o\":1}}", mixed(20));
      object(all, "object in YAML", name + ":\n  value: V\nother: x\n", mixed(20));
      object(
          all, "object in a string", "{\"a\":\"" + name + ":\\n  value: V\\nb: c\\n\"}", mixed(20));
    }
    object(all, "object in JSON", "{\"passwords\":{\"alice\":\"V\"}}", mixed(12));
    object(all, "object in YAML", "passwords:\n  alice: x\n  bob: V\nb: c\n", mixed(12));
  }

  /// Secrets of Kubernetes as texts of other objects.
  private void embedded(List<Planted> all) {
    for (var field : List.of("data", "stringData")) {
      var secret = field.equals("data") ? base64(mixed(21)) : mixed(21);
      var json =
          "{\"apiVersion\":\"v1\",\""
              + field
              + "\":{\"greeting\":\"V\"},\"kind\":\"Secret\",\"type\":\"Opaque\"}";
      var late =
          "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"},\""
              + field
              + "\":{\"a\":\"x\",\"b\":\"V\"}}";
      var yaml =
          "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n"
              + field
              + ":\n  greeting: V\n  b: |\n    x\ntype: Opaque\n";
      var first = field + ":\n  greeting: V\nkind: Secret\n";
      for (var text : List.of(json, late, yaml, first)) {
        object(all, "embedded Secret", text, secret);
        object(all, "embedded Secret in a string", "{\"a\":\"" + json(text) + "\"}", secret);
        object(
            all,
            "embedded Secret in two strings",
            "{\"a\":\"" + json("{\"b\":\"" + json(text) + "\"}") + "\"}",
            secret);
        object(
            all,
            "embedded Secret in a block",
            "a: |\n  " + text.replace("\n", "\n  ") + "\nb: c\n",
            secret);
        log(all, "embedded Secret in a log", "applying obj=\"" + json(text) + "\"\n", secret);
      }
      var large =
          "{\"kind\":\"Secret\",\""
              + field
              + "\":{\"a\":\""
              + "QUJD".repeat(8000)
              + "\",\"b\":\"V\"}}";
      object(all, "large embedded Secret", large, secret);
      object(all, "large embedded Secret", "{\"a\":\"" + json(large) + "\"}", secret);
      object(
          all,
          "large embedded Secret",
          "kind: Secret\n" + field + ":\n  a: " + "QUJD".repeat(8000) + "\n  b: V\nx: y\n",
          secret);
    }
  }

  private void accessLogs(List<Planted> all) {
    var line =
        "[2026-11-24T07:12:00.000Z] \"GET /api?Q HTTP/1.1\" 200 - via_upstream - \"-\" 0 5 3 2 \"-\" \"curl\" \"x\"\n";
    for (var parameter :
        List.of(
            "access_token",
            "id_token",
            "refresh_token",
            "api_key",
            "apikey",
            "password",
            "client_secret",
            "X-Amz-Signature",
            "X-Amz-Security-Token",
            "auth_token",
            "jwt_token")) {
      log(all, "query in an access log", line.replace("Q", parameter + "=V"), mixed(32));
      log(
          all,
          "query in an access log",
          line.replace("Q", "a=b&" + parameter + "=V&c=d"),
          mixed(32));
      log(
          all,
          "query in a JSON access log",
          "{\"path\":\"/api?a=b\\u0026" + parameter + "=V\\u0026c=d\",\"s\":200}\n",
          mixed(32));
    }
    for (var header : List.of("authorization", "Authorization", "proxy-authorization")) {
      log(all, "header in a log", "'" + header + "', 'Bearer V'\n", mixed(32));
      log(all, "header in a log", "\"" + header + "\":\"Bearer V\"\n", mixed(32));
      log(all, "header in a log", header + ": V\n", mixed(32));
    }
    for (var header :
        List.of("cookie", "set-cookie", "x-api-key", "x-auth-token", "x-amz-security-token")) {
      log(all, "header in a log", "'" + header + "', 'V'\n", mixed(32));
      log(all, "header in a log", "\"" + header + "\":\"V\"\n", mixed(32));
    }
  }

  /// Base64 of texts that hold a secret.
  private void encoded(List<Planted> all) {
    for (var text :
        List.of(
            "gh" + "p_" + mixed(36),
            "token is gh" + "p_" + mixed(36) + " for now",
            "AKI" + "A" + draw("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16) + " and more of it",
            "glp" + "at-" + mixed(24),
            "xo" + "xb-" + "123456789012-" + mixed(24),
            "Authorization: Bearer " + mixed(32),
            "{\"clientSecret\":\"" + mixed(24) + "\"}",
            jwt())) {
      object(all, "token in base64", "a: V\nb: c\n", base64(text));
      object(all, "token in base64", "{\"a\":\"V\"}", base64(text));
    }
  }

  /// Names that tell, in each shape of a name and a value.
  private void named(List<Planted> all) {
    var names =
        List.of(
            "DB_PASSWORD",
            "password",
            "APP_SECRET",
            "clientSecret",
            "API_TOKEN",
            "apiKey",
            "AWS_SECRET_ACCESS_KEY",
            "PRIVATE_KEY",
            "smtp_pass",
            "access_key",
            "refresh-token",
            "spring.datasource.password",
            "userCredentials",
            "signing_key",
            "webhookSecret");
    for (var name : names) {
      for (var shape : Shape.values()) {
        var secret = mixed(20);
        all.add(new Planted("named " + shape, shape.path, shape.plant(name, secret), secret));
      }
    }
  }

  /// How a name and its value stand together.
  enum Shape {
    YAML(Redacted.OBJECTS, "a:\n  N: V\n  other: x\n"),
    YAML_QUOTED(Redacted.OBJECTS, "a:\n  N: \"V\"\n  other: x\n"),
    YAML_BLOCK(Redacted.OBJECTS, "a:\n  N: |\n    V\n  other: x\n"),
    YAML_ENV(Redacted.OBJECTS, "env:\n- name: N\n  value: V\n- name: X\n  value: y\n"),
    YAML_ENV_REVERSED(Redacted.OBJECTS, "env:\n- value: V\n  name: N\n"),
    JSON(Redacted.OBJECTS, "{\"N\": \"V\", \"o\": 1}"),
    JSON_COMPACT(Redacted.OBJECTS, "{\"N\":\"V\",\"o\":1}"),
    JSON_ENV(Redacted.OBJECTS, "{\"env\":[{\"name\":\"N\",\"value\":\"V\"},{\"name\":\"o\"}]}"),
    JSON_ENV_INDENTED(Redacted.OBJECTS, "{\n  \"name\": \"N\",\n  \"value\": \"V\"\n}\n"),
    ESCAPED(Redacted.OBJECTS, "{\"a\":\"{\\\"N\\\":\\\"V\\\",\\\"o\\\":1}\"}"),
    ESCAPED_ENV(Redacted.OBJECTS, "{\"a\":\"{\\\"name\\\":\\\"N\\\",\\\"value\\\":\\\"V\\\"}\"}"),
    ESCAPED_YAML(Redacted.OBJECTS, "{\"a\":\"b: c\\nN: V\\nd: e\\n\"}"),
    KEY_VALUE(Redacted.LOG, "2026-11-24 info connecting N=V retries=3\n"),
    PROPERTIES(Redacted.LOG, "N=V\n"),
    LOG_COLON(Redacted.LOG, "2026-11-24 info using N: V for it\n"),
    QUERY(Redacted.LOG, "GET /x?N=V&page=2 HTTP/1.1\n"),
    CONNECTION_STRING(Redacted.LOG, "Server=db;N=V;Encrypt=true\n"),
    ARGUMENT(Redacted.OBJECTS, "args: [\"--N\",\"V\"]\n"),
    ARGUMENT_ITEM(Redacted.OBJECTS, "args:\n- --N\n- V\n- -v\n"),
    ARGUMENT_EQUALS(Redacted.OBJECTS, "args:\n- --N=V\n- -v\n"),
    XML(Redacted.LOG, "<N>V</N>\n");

    final String path;
    private final String template;

    Shape(String path, String template) {
      this.path = path;
      this.template = template;
    }

    String plant(String name, String secret) {
      return template.replace("V", "\0").replace("N", name).replace("\0", secret);
    }
  }

  private void tokens(List<Planted> all) {
    for (var token : IssuedToken.all()) {
      var alphabet = new StringBuilder();
      for (var c : (MIXED + "_").toCharArray()) {
        if (token.body().has((byte) c) && c != '_') {
          alphabet.append(c);
        }
      }
      var secret =
          token.prefix()
              + draw(alphabet.toString(), Math.min(token.longest(), token.shortest() + 8));
      around(all, token.name(), secret);
    }
    around(all, "jwt", jwt());
    all.add(new Planted("bearer", Redacted.LOG, "x Authorization: Bearer V y\n", mixed(30)));
    all.add(
        new Planted("basic", Redacted.LOG, "Authorization: Basic V\n", base64("u:" + mixed(12))));
    all.add(new Planted("cookie", Redacted.LOG, "Cookie: lang=en; sid=V; x=y\n", mixed(24)));
    all.add(new Planted("set-cookie", Redacted.LOG, "set-cookie: s=V; Path=/\n", mixed(24)));
  }

  private static void around(List<Planted> all, String kind, String secret) {
    all.add(new Planted(kind, Redacted.LOG, "info got V from it\n", secret));
    all.add(new Planted(kind, Redacted.LOG, "x=V,y=1\n", secret));
    all.add(new Planted(kind, Redacted.OBJECTS, "{\"x\":\"V\"}", secret));
    all.add(new Planted(kind, Redacted.OBJECTS, "a: V\nb: c\n", secret));
    all.add(new Planted(kind, Redacted.OBJECTS, "{\"a\":\"{\\\"x\\\":\\\"V\\\"}\"}", secret));
  }

  private void keys(List<Planted> all) {
    for (var label :
        List.of(
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "OPENSSH PRIVATE KEY")) {
      for (var lines : List.of(3, 25, 600)) {
        var pem = pem(label, lines);
        all.add(new Planted("pem", Redacted.LOG, "key:\nV\nnext line!\n", pem));
        all.add(new Planted("pem in JSON", Redacted.OBJECTS, "{\"a\":\"V\",\"b\":1}", json(pem)));
        all.add(
            new Planted(
                "pem twice escaped", Redacted.OBJECTS, "{\"a\":\"V\",\"b\":1}", json(json(pem))));
        all.add(new Planted("pem in base64", Redacted.OBJECTS, "a: V\nb: c\n", base64(pem)));
        all.add(
            new Planted(
                "pem in YAML", Redacted.OBJECTS, "a: |\n  V\nb: c\n", pem.replace("\n", "\n  ")));
      }
    }
    for (var member : List.of("d", "p", "q", "dp", "dq", "qi", "k")) {
      all.add(
          new Planted(
              "jwk",
              Redacted.OBJECTS,
              "{\"keys\":[{\"kty\":\"RSA\",\"" + member + "\":\"V\"}]}",
              mixed(86)));
      all.add(
          new Planted(
              "jwk escaped",
              Redacted.OBJECTS,
              "{\"j\":\"{\\\"" + member + "\\\":\\\"V\\\",\\\"kty\\\":\\\"RSA\\\"}\"}",
              mixed(86)));
    }
  }

  private void places(List<Planted> all) {
    for (var scheme : List.of("http", "postgres", "redis", "amqps", "mongodb+srv", "ftp")) {
      all.add(
          new Planted("url", Redacted.LOG, "to " + scheme + "://user:V@host:1/db\n", mixed(14)));
      all.add(new Planted("url", Redacted.OBJECTS, "u: " + scheme + "://:V@host\n", mixed(14)));
    }
    all.add(new Planted("dsn", Redacted.LOG, "app:V@tcp(db:3306)/shop\n", mixed(14)));
    all.add(new Planted("sas", Redacted.LOG, "GET https://x/y?sv=1&sig=V&se=2\n", mixed(43)));
    all.add(
        new Planted("azure", Redacted.LOG, "AccountName=a;AccountKey=V;x=y\n", mixed(86) + "=="));
    all.add(new Planted("code", Redacted.LOG, "GET /cb?code=V&x=y HTTP/1.1\n", mixed(24)));
    all.add(
        new Planted(
            "docker",
            Redacted.OBJECTS,
            "{\"auths\":{\"r.example\":{\"auth\":\"V\"}}}",
            base64("u:" + mixed(20))));
    all.add(
        new Planted(
            "docker in base64",
            Redacted.OBJECTS,
            "a: V\n",
            base64(
                "{\"auths\":{\"r.example\":{\"username\":\"u\",\"password\":\""
                    + mixed(20)
                    + "\"}}}")));
    all.add(
        new Planted(
            "settings in base64",
            Redacted.OBJECTS,
            "a: V\n",
            base64("user=app\npassword=" + mixed(20) + "\n")));
    all.add(
        new Planted(
            "kubeconfig",
            Redacted.OBJECTS,
            "users:\n- name: u\n  user:\n    token: V\n",
            mixed(40)));
    all.add(
        new Planted(
            "kubeconfig",
            Redacted.OBJECTS,
            "users:\n- user:\n    client-key-data: V\n",
            base64(pem("RSA PRIVATE KEY", 20))));
    all.add(
        new Planted(
            "envoy",
            Redacted.OBJECTS,
            "{\"generic_secret\":{\"secret\":{\"inline_string\":\"V\"}}}",
            mixed(24)));
    all.add(
        new Planted(
            "envoy",
            Redacted.OBJECTS,
            "{\"private_key\": {\n \"inline_bytes\": \"V\"\n}}",
            mixed(24)));
    all.add(
        new Planted(
            "envoy",
            Redacted.OBJECTS,
            "{\"session_ticket_keys\":{\"keys\":[{\"inline_bytes\":\"x\"},{\"inline_bytes\":\"V\"}]}}",
            mixed(44)));
    all.add(
        new Planted(
            "header",
            Redacted.OBJECTS,
            "{\"header\":{\"key\":\"x-api-key\",\"value\":\"V\"}}",
            mixed(24)));
    all.add(
        new Planted(
            "header",
            Redacted.OBJECTS,
            "- header:\n    key: Authorization\n    value: Bearer V\n",
            mixed(24)));
    all.add(new Planted("sql", Redacted.LOG, "CREATE USER x IDENTIFIED BY 'V'\n", mixed(16)));
    all.add(
        new Planted(
            "secret",
            Redacted.SECRETS,
            "kind: Secret\ndata:\n  a: V\nmetadata:\n  name: n\n",
            base64(mixed(30))));
    all.add(
        new Planted(
            "secret", Redacted.SECRETS, "- kind: Secret\n  stringData:\n    a: V\n", mixed(30)));
    all.add(
        new Planted(
            "secret",
            Redacted.SECRETS,
            "- kind: Secret\n  stringData:\n    a: |\n      V\n  x: y\n",
            mixed(30)));
    all.add(
        new Planted(
            "secret",
            Redacted.SECRETS,
            "{\"items\":[{\"data\":{\"a\":\"V\"},\"kind\":\"Secret\"}]}",
            base64(mixed(30))));
    all.add(
        new Planted(
            "secret",
            Redacted.SECRETS,
            "{\"items\":[{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"stringData\\\":{\\\"a\\\":\\\"V\\\"}}\"}}}]}",
            mixed(30)));
    all.add(
        new Planted(
            "secret",
            Redacted.SECRETS,
            "metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {\"stringData\":{\"a\":\"V\"}}\n",
            mixed(30)));
  }

  List<LookAlike> lookAlikes() {
    var all = new ArrayList<LookAlike>();
    for (var i = 0; i < 60; i++) {
      lookAlike(
          all,
          "reference",
          "\"secret\": {\"secretName\": \"db-" + draw(HEX, 8) + "\", \"defaultMode\": 420}");
      lookAlike(
          all,
          "reference",
          "secrets:\n- name: default-token-" + draw(HEX, 5) + "\nkind: ServiceAccount");
      lookAlike(
          all, "bucket", "\"token_bucket\": {\"max_tokens\": " + i + ", \"tokens_per_fill\": 100}");
      lookAlike(all, "ConfigMap", "data:\n  colour: " + draw(HEX, 12) + "\nkind: ConfigMap");
      lookAlike(
          all,
          "ConfigMap",
          "{\"items\":[{\"data\":{\"c\":\""
              + draw(HEX, 12)
              + "\"},\"kind\":\"ConfigMap\"},{\"kind\":\"Secret\",\"type\":\"Opaque\"}]}");
      lookAlike(all, "digest", "image: docker.io/istio/proxyv2@sha256:" + draw(HEX, 64));
      lookAlike(all, "uid", "uid: " + uuid());
      lookAlike(all, "request id", "\"x-request-id\": \"" + uuid() + "\"");
      lookAlike(all, "SPIFFE", "principal: spiffe://cluster.local/ns/n" + i + "/sa/bookinfo-token");
      lookAlike(all, "serial", "serial_number: " + draw(HEX, 32));
      lookAlike(all, "secretName", "secretName: bookinfo-" + draw(HEX, 6));
      lookAlike(all, "credentialName", "\"credentialName\": \"cert-" + draw(HEX, 8) + "\"");
      lookAlike(all, "trace", "traceparent: 00-" + draw(HEX, 32) + "-" + draw(HEX, 16) + "-01");
      lookAlike(all, "counter", "envoy_cluster_token_total{code=\"200\"} " + i);
      lookAlike(
          all, "mount", "- mountPath: /var/run/secrets/tokens/t" + i + "\n  name: istio-token");
      lookAlike(all, "switch", "automountServiceAccountToken: " + (i % 2 == 0));
      lookAlike(all, "url", "url: https://host" + i + ".example:8443/path?page=" + i);
      lookAlike(all, "certificate", pem("CERTIFICATE", 3 + i % 4));
      lookAlike(
          all,
          "sentence",
          "warn token expired after " + i + "s, secret not found: password required");
    }
    lookAlike(all, "reference", "secretKeyRef:\n  name: db\n  key: password");
    lookAlike(
        all, "reference", "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db");
    lookAlike(all, "reference", "password: ${DB_PASSWORD}");
    lookAlike(
        all,
        "values",
        "{\"v\":\"{\\n  \\\"token\\\": {\\n    \\\"aud\\\": \\\"istio-ca\\\"\\n  }\\n}\"}");
    lookAlike(all, "values", "sds:\n  token:\n    aud: istio-ca\nsts:\n  servicePort: 0");
    lookAlike(all, "Envoy", "\"inline_bytes\": \"W3JlZGFjdGVkXQ==\"");
    lookAlike(all, "Envoy", "\"private_key\": {\"inline_bytes\": \"W3JlZGFjdGVkXQ==\"}");
    lookAlike(all, "Envoy", "\"trusted_ca\": {\"inline_string\": \"ca\"}");
    lookAlike(all, "Envoy", "\"name\": \"envoy.filters.http.jwt_authn\"");
    lookAlike(all, "requests", "tokenRequests:\n- audience: istio-ca");
    return all;
  }

  private static void lookAlike(List<LookAlike> all, String kind, String text) {
    all.add(new LookAlike(kind, Redacted.OBJECTS, text));
    all.add(new LookAlike(kind, Redacted.LOG, text));
  }

  private String uuid() {
    return draw(HEX, 8)
        + "-"
        + draw(HEX, 4)
        + "-"
        + draw(HEX, 4)
        + "-"
        + draw(HEX, 4)
        + "-"
        + draw(HEX, 12);
  }
}
