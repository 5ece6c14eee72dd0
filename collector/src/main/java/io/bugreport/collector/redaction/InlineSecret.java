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
  private static final String ONE_OF_SEVERAL = "[]";
  private static final Bytes QUOTE = Bytes.of("\"'\\");
  private static final Bytes QUOTE_OR_BLANK = Bytes.of("\"'\\ ");
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
    var field = fieldAbove(window, from);
    if (!field.equals(ONE_OF_SEVERAL) && !isSecretField(field)) {
      return null; // most are code and certificates, which need not be read
    }
    var value = Value.after(window, from, to);
    if (value == null) {
      return null;
    }
    if (value.rest() != null) {
      return field.equals(ONE_OF_SEVERAL) ? null : value.redacted(Marker.PLAIN);
    }
    var text = value.text(window);
    if (field.equals(ONE_OF_SEVERAL) && (text.indexOf(' ') >= 0 || !Harmless.looksRandom(text))) {
      return null;
    }
    return Harmless.is(text, Secrecy.PASSWORD, "") ? null : value.redacted(Marker.PLAIN);
  }

  private static boolean isSecretField(String field) {
    return SECRET_FIELDS.contains(field) || Secrecy.of(field) != null;
  }

  /// The field that the data source is the value of; empty for none.
  private static String fieldAbove(Window window, int from) {
    var at = window.skipBack(from, QUOTE, 17);
    at = window.skipBack(at, GAP, 512);
    if (window.at(at - 1) == '\\' && window.at(at) == 'n') {
      at = window.skipBack(at - 1, GAP, 512);
    }
    return switch (window.at(at - 1)) {
      case ',', '[', '-' -> ONE_OF_SEVERAL; // as session ticket keys are
      case ':' -> {
        var fieldTo = window.skipBack(at - 1, QUOTE_OR_BLANK, 17);
        yield window.text(window.skipBack(fieldTo, Bytes.WORD, 40), fieldTo);
      }
      default -> "";
    };
  }
}
