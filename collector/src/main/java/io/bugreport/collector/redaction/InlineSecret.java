package io.bugreport.collector.redaction;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A value written into an Envoy configuration where Envoy takes a data source
/// (`envoy.config.core.v3.DataSource`), below a field that holds secrets. Envoy's own dumps write
/// `[redacted]` there, in base64 for bytes; static bootstraps and filters written by hand do not.
final class InlineSecret implements Rule {
  private static final Set<String> SECRET_FIELDS =
      Set.of(
          "secret",
          "generic_secret",
          "genericSecret",
          "private_key",
          "privateKey",
          "pkcs12",
          "password",
          "keys",
          "token_secret",
          "tokenSecret",
          "hmac_secret",
          "hmacSecret",
          "client_secret",
          "credential",
          "key",
          "token",
          "auth_password",
          "authPassword",
          "users");
  private static final Bytes GAP = Bytes.of(" \t\r\n{");

  @Override
  public String name() {
    return "envoy-inline-secret";
  }

  @Override
  public List<String> triggers() {
    return List.of("inline_string", "inline_bytes", "inlineString", "inlineBytes");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var value = Value.after(window, from, to);
    if (value == null) {
      return null;
    }
    if (value.rest() != null) {
      return holdsSecret(window, from, "") ? value.redacted(Marker.PLAIN) : null;
    }
    var text = value.text(window);
    return holdsSecret(window, from, text) && !Harmless.is(text, Secrecy.PASSWORD, "")
        ? value.redacted(Marker.PLAIN)
        : null;
  }

  private static boolean holdsSecret(Window window, int from, String text) {
    var at = window.skipBack(from, Bytes.of("\"'\\"), 17);
    at = window.skipBack(at, GAP, 512);
    if (window.at(at - 1) == '\\' && window.at(at) == 'n') {
      at = window.skipBack(at - 1, GAP, 512);
    }
    var before = window.at(at - 1);
    if (before == ',' || before == '[' || before == '-') {
      // one of several, as session ticket keys are
      return text.indexOf(' ') < 0 && Harmless.looksRandom(text);
    }
    if (before != ':') {
      return false;
    }
    var fieldTo = window.skipBack(at - 1, Bytes.of("\"'\\ "), 17);
    var fieldFrom = window.skipBack(fieldTo, Bytes.WORD, 40);
    var field = window.text(fieldFrom, fieldTo);
    return SECRET_FIELDS.contains(field) || Secrecy.of(field) != null;
  }
}
