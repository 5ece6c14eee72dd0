package io.bugreport.collector.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `auth` of a registry in a Docker configuration: base64 of `user:password`.
final class RegistryAuth implements Rule {
  @Override
  public String name() {
    return "registry-auth";
  }

  @Override
  public List<String> triggers() {
    return List.of("auth\"", "auth\\\"", "auth:", "auth=", "auth':");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    if (Bytes.WORD.has(window.at(from - 1)) && window.at(from - 1) != '_') {
      return null;
    }
    var value = Value.after(window, from, from + "auth".length());
    if (value == null || value.rest() != null) {
      return null;
    }
    return isUserAndPassword(value.text(window)) ? value.redacted(Marker.PLAIN) : null;
  }

  private static boolean isUserAndPassword(String text) {
    if (text.length() < 8 || Marker.is(text)) {
      return false;
    }
    try {
      var decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
      return decoded.indexOf(':') > 0 && decoded.chars().allMatch(c -> c >= ' ' && c != 127);
    } catch (IllegalArgumentException e) {
      return false; // not base64
    }
  }
}
