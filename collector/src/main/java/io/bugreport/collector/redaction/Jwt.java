package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON Web Token. The claims that explain why it was accepted or refused stay readable; the
/// signature and everything else is gone.
final class Jwt implements Rule {
  /// The characters of a claim that are shown as they are, for a regular expression's brackets.
  static final String SHOWN = "A-Za-z0-9:/._,?~-";

  private static final Pattern HIDDEN = Pattern.compile("[^" + SHOWN + "]");
  private static final int LONGEST_CLAIM = 128;
  private static final Pattern WHOLE =
      Pattern.compile("(eyJ[\\w-]{8,})\\.([\\w-]*)(\\.[\\w-]*){0,3}={0,2}");
  private static final Bytes PARTS = Bytes.of("a-zA-Z0-9._-");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public String name() {
    return "jwt";
  }

  @Override
  public List<String> triggers() {
    return List.of("eyJ");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    if (!window.startsWith(from, "eyJ")
        || (Bytes.BASE64URL.has(window.at(from - 1)) && !isEscape(window, from))) {
      return null;
    }
    var end = window.skip(from, PARTS);
    if (end == window.high() && !window.atEnd()) {
      var header = window.skip(from, Bytes.BASE64URL);
      return header < end && isHeader(window.text(from, header))
          ? Span.run(window, from, end, PARTS, marker(null))
          : null;
    }
    var text = window.text(from, end);
    var trimmed = text.replaceFirst("\\.+$", "");
    var marker = markerOf(trimmed);
    if (marker == null) {
      return null;
    }
    var quote = needsQuotes(window, from, from + trimmed.length()) ? "'" : "";
    return Span.of(from, from + trimmed.length(), quote + marker + quote);
  }

  private static boolean isEscape(Window window, int from) {
    return window.at(from - 2) == '\\' || window.at(from - 3) == '%';
  }

  /// A marker that is all of a YAML value would be read as a list.
  private static boolean needsQuotes(Window window, int from, int to) {
    if (!window.document()) {
      return false;
    }
    var after = window.at(to);
    if (after != '\n' && after != '\r' && after != Window.NONE && !window.startsWith(to, "\\n")) {
      return false;
    }
    var before = window.at(window.skipBack(from, Bytes.BLANK, 64) - 1);
    return window.at(from - 1) == ' ' && (before == ':' || before == '-');
  }

  /// What stands for a value that is a token as a whole, or null if it is none.
  static @Nullable String markerOf(String text) {
    if (!text.startsWith("eyJ")) {
      return null;
    }
    var matcher = WHOLE.matcher(text);
    return matcher.matches() && isHeader(matcher.group(1)) ? marker(json(matcher.group(2))) : null;
  }

  private static boolean isHeader(String part) {
    var header = json(part);
    return header != null && (header.has("alg") || header.has("enc") || header.has("typ"));
  }

  private static @Nullable JsonNode json(String part) {
    try {
      var decoded = Base64.getUrlDecoder().decode(part);
      var node = JSON.readTree(new String(decoded, StandardCharsets.UTF_8));
      return node.isObject() ? node : null;
    } catch (IllegalArgumentException | JacksonException e) {
      return null; // not a part of a token
    }
  }

  private static String marker(@Nullable JsonNode claims) {
    var text = new StringBuilder("[redacted: JWT");
    if (claims != null) {
      for (var name : List.of("iss", "sub", "aud", "exp")) {
        var claim = claims.path(name);
        if (!claim.isMissingNode() && !claim.isNull()) {
          text.append(' ').append(name).append('=').append(shown(name, claim));
        }
      }
    }
    return text.append(']').toString();
  }

  private static String shown(String name, JsonNode claim) {
    if (name.equals("exp")) {
      return claim.isIntegralNumber() ? Long.toString(claim.longValue()) : "";
    }
    var values = new ArrayList<String>();
    if (claim.isArray()) {
      claim.forEach(item -> values.add(item.isString() ? item.stringValue() : "?"));
    } else {
      values.add(claim.isString() ? claim.stringValue() : "?");
    }
    var text = HIDDEN.matcher(String.join(",", values)).replaceAll("?");
    return text.length() > LONGEST_CLAIM ? text.substring(0, LONGEST_CLAIM) : text;
  }
}
