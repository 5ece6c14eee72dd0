package io.bugreport.collector.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What kind of secret a name tells of, judged by its last words: `DB_PASSWORD` and `apiKey` do,
/// `secretName` and `tokenRequests` do not.
enum Secrecy {
  PASSWORD,
  SECRET,
  TOKEN,
  KEY,
  CREDENTIAL,
  AUTHORIZATION,
  COOKIE;

  /// Words that follow the telling one and change nothing.
  private static final Set<String> TRAILING =
      Set.of(
          "value",
          "prod",
          "production",
          "dev",
          "test",
          "live",
          "old",
          "new",
          "current",
          "previous",
          "primary",
          "secondary",
          "base",
          "data",
          "raw",
          "string",
          "text",
          "base64",
          "b64",
          "plain",
          "hash",
          "header",
          "env",
          "default",
          "v1",
          "v2",
          "v3");

  private static final Set<String> BEFORE_KEY =
      Set.of(
          "api",
          "access",
          "private",
          "secret",
          "encryption",
          "encrypt",
          "signing",
          "master",
          "account",
          "shared",
          "client",
          "auth",
          "ssh",
          "storage",
          "deploy",
          "webhook",
          "hmac",
          "aes",
          "session",
          "service",
          "consumer",
          "app",
          "application",
          "tls",
          "ssl",
          "server",
          "license",
          "rsa",
          "ec",
          "jwt",
          "subscription",
          "function",
          "host",
          "integration");

  /// Words that make a name one of a reference or of a policy.
  private static final Set<String> HARMLESS =
      Set.of("existing", "pull", "ref", "tls", "max", "min", "public", "automount", "no", "use");

  private static final List<String> PASSWORDS =
      List.of("password", "passwords", "passwd", "passphrase", "passcode", "pwd");
  private static final List<String> KEYS =
      List.of(
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authkey",
          "accountkey",
          "encryptionkey",
          "signingkey",
          "masterkey",
          "sharedkey",
          "clientkey");

  static @Nullable Secrecy of(String name) {
    var words = words(name);
    while (words.size() > 1 && isTrailing(words.getLast())) {
      words.removeLast();
    }
    if (words.isEmpty()) {
      return null;
    }
    var last = stripDigits(words.removeLast());
    for (var word : words) {
      if (HARMLESS.contains(word) && !(word.equals("tls") && last.equals("key"))) {
        return null;
      }
    }
    return ofWord(last, words);
  }

  private static @Nullable Secrecy ofWord(String last, List<String> before) {
    if (endsWithAny(last, PASSWORDS)) {
      return PASSWORD;
    }
    if (last.equals("pass")) {
      return before.isEmpty() ? null : PASSWORD;
    }
    if (last.equals("key")) {
      return !before.isEmpty() && BEFORE_KEY.contains(before.getLast()) ? KEY : null;
    }
    if (endsWithAny(last, KEYS)) {
      return KEY;
    }
    if (last.endsWith("secret")) {
      return SECRET;
    }
    if (last.endsWith("token") || (last.equals("jwt") && !before.isEmpty())) {
      return TOKEN;
    }
    if (last.endsWith("credential") || last.endsWith("credentials")) {
      return CREDENTIAL;
    }
    if (last.endsWith("authorization")) {
      return AUTHORIZATION;
    }
    return last.endsWith("cookie") || last.equals("cookies") ? COOKIE : null;
  }

  /// The words of a name, divided by other characters than letters and digits, and by capitals.
  private static List<String> words(String name) {
    var words = new ArrayList<String>();
    var from = 0;
    for (var i = 0; i <= name.length(); i++) {
      var divides = i == name.length() || !isLetterOrDigit(name.charAt(i));
      if (divides || (i > from && isCapitalStart(name, i))) {
        if (i > from) {
          words.add(name.substring(from, i).toLowerCase(Locale.ROOT));
        }
        from = divides ? i + 1 : i;
      }
    }
    return words;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /// As at the K of `apiKey` and at the T of `APIToken`.
  private static boolean isCapitalStart(String name, int at) {
    if (!isCapital(name.charAt(at))) {
      return false;
    }
    return !isCapital(name.charAt(at - 1))
        || (at + 1 < name.length() && name.charAt(at + 1) >= 'a' && name.charAt(at + 1) <= 'z');
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isTrailing(String word) {
    return TRAILING.contains(word) || stripDigits(word).isEmpty();
  }

  private static String stripDigits(String word) {
    var end = word.length();
    while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(0, end);
  }

  private static boolean endsWithAny(String word, List<String> ends) {
    for (var end : ends) {
      if (word.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /// As in the names of rules.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
