package io.bugreport.collector.redaction;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list or an object under a telling name: `passwords: [a, b]`, `"token": {"value": "…"}`, a map
/// of users to their passwords. Members that only refer to a secret stay.
final class TellingGroup {
  /// Members whose value is what the group's name says.
  private static final Set<String> VALUES =
      Set.of(
          "",
          "value",
          "values",
          "raw",
          "plain",
          "plaintext",
          "data",
          "content",
          "contents",
          "text",
          "string",
          "stringvalue",
          "literal",
          "current",
          "previous",
          "primary",
          "secondary",
          "default");

  /// Members that tell where a secret lies, or of which kind it is.
  private static final Set<String> REFERENCES =
      Set.of(
          "name",
          "namespace",
          "key",
          "kind",
          "type",
          "apiversion",
          "path",
          "file",
          "filename",
          "secretname",
          "secretkey",
          "secretref",
          "existingsecret",
          "remoteref",
          "mountpath",
          "uid",
          "id",
          "version",
          "resourceversion",
          "versioninfo",
          "lastupdated",
          "url",
          "uri",
          "host",
          "aud",
          "audience",
          "issuer",
          "provider",
          "image",
          "checksum",
          "digest",
          "operator",
          "clientid",
          "@type",
          "typeurl");

  private static final int SHORTEST_BY_LOOKS = 12;

  private TellingGroup() {}

  /// Whether a name is one of several secrets: `apiTokens` is, `maxTokens` is not.
  static boolean isPlural(String name, Secrecy kind) {
    return name.length() > 2
        && (name.endsWith("s") || name.endsWith("S"))
        && Secrecy.of(name.substring(0, name.length() - 1)) == kind;
  }

  static @Nullable Span find(
      Window window, int nameFrom, int nameTo, Secrecy kind, boolean plural) {
    var group = Member.after(window, nameFrom, nameTo);
    if (group == null) {
      return null;
    }
    var name = window.text(nameFrom, nameTo);
    var spans = new ArrayList<Span>();
    for (var member : group.members()) {
      var text = member.text(window);
      if (isSecret(member.name(), text, kind, plural) && !Harmless.is(text, kind, name)) {
        var jwt = Jwt.markerOf(text);
        spans.add(member.redacted(jwt == null ? Marker.PLAIN : jwt));
      }
    }
    if (!group.whole() && !spans.isEmpty()) {
      return group.all();
    }
    return Span.all(spans);
  }

  private static boolean isSecret(String field, String text, Secrecy kind, boolean plural) {
    var plain = plain(field);
    if (VALUES.contains(plain)) {
      return kind != Secrecy.CREDENTIAL || Harmless.looksRandom(text);
    }
    if (REFERENCES.contains(plain)) {
      return false;
    }
    if (plural && kind == Secrecy.PASSWORD) {
      return true;
    }
    return text.length() >= SHORTEST_BY_LOOKS
        && text.indexOf(' ') < 0
        && Harmless.looksRandom(text);
  }

  /// A name of a field however its words are divided.
  private static String plain(String field) {
    var plain = new StringBuilder(field.length());
    for (var i = 0; i < field.length(); i++) {
      var c = field.charAt(i);
      if (c != '_' && c != '.' && c != '-') {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
