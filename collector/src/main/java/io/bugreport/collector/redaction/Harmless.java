package io.bugreport.collector.redaction;

import java.util.regex.Pattern;

/// Values that are no secrets even beside a telling name: switches, numbers, references, masks.
final class Harmless {
  private static final Pattern WORD =
      Pattern.compile(
          "(?i)true|false|null|nil|none|undefined|yes|no|on|off|~|unset|redacted|masked|hidden"
              + "|required|optional|empty|invalid|missing|expired");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?(e[-+]?\\d+)?");
  private static final Pattern DURATION = Pattern.compile("(\\d+(\\.\\d+)?(ns|us|ms|s|m|h|d))+");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$\\{[^}]*}|\\$\\([^)]*\\)|\\$[A-Z_][A-Z0-9_]*|\\{\\{.*}}|%[^%]*%"
              + "|<[A-Za-z _-]*>|-+|\\.+|[*xX•?]{2,}|\\*+[A-Za-z_ ]+\\*+|\\[[A-Za-z ]*]");

  private static final Pattern PATH =
      Pattern.compile("(\\.{0,2}/[a-z0-9._@-]{1,40}){2,}/?|\\.{0,2}/[a-z._-]+/?");
  private static final Pattern FILE =
      Pattern.compile("[A-Za-z0-9_./-]+\\.(pem|crt|key|json|yaml|yml|txt|conf|jks|p12)");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?|spiffe|grpc|kubernetes|sds|unix|vault|secret|file)://[^@?]*");
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "(type\\.googleapis\\.com/[A-Za-z0-9_.]+|envoy(\\.[a-z0-9_]+)+|projects/[a-z0-9-]+/secrets/.*)");
  private static final Pattern OBJECT_NAME =
      Pattern.compile("[a-z]{2,}([-._][a-z]{2,}|[-.][0-9]{1,3}){1,8}");

  private static final Pattern PLAIN_WORD =
      Pattern.compile("[A-Za-z][a-z]{0,14}[.,:;!?]?|[A-Z]{1,15}");

  private static final int LONGEST = 256;

  private Harmless() {}

  static boolean is(String value, Secrecy kind, String name) {
    if (value.length() > LONGEST) {
      return Marker.is(value);
    }
    if (value.isEmpty() || Marker.is(value) || WORD.matcher(value).matches()) {
      return true;
    }
    if (NUMBER.matcher(value).matches()) {
      // A PIN or a numeric password is one; a count of tokens or the like is short.
      return kind != Secrecy.PASSWORD || value.length() < 6;
    }
    if (REFERENCE.matcher(value).matches()) {
      return true;
    }
    if (kind == Secrecy.PASSWORD) {
      return false;
    }
    return DURATION.matcher(value).matches()
        || PATH.matcher(value).matches()
        || FILE.matcher(value).matches()
        || ADDRESS.matcher(value).matches()
        || CLASS_NAME.matcher(value).matches()
        || isObjectName(value, name)
        || (kind.compareTo(Secrecy.CREDENTIAL) >= 0 && isPlainWord(value));
  }

  /// The name of a Kubernetes object, as in `secret: bookinfo-credential`. An environment variable
  /// holds the secret itself.
  private static boolean isObjectName(String value, String name) {
    return !name.equals(name.toUpperCase(java.util.Locale.ROOT))
        && OBJECT_NAME.matcher(value).matches();
  }

  /// A word of a sentence, as in `token: not found`.
  static boolean isPlainWord(String value) {
    return PLAIN_WORD.matcher(value).matches();
  }

  /// Whether all of a value are words of a sentence.
  static boolean isProse(String value) {
    for (var word : value.trim().split(" +", -1)) {
      if (!isPlainWord(word)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a value looks drawn at random: long enough, of several kinds of characters, few of
  /// them again.
  static boolean looksRandom(String value) {
    var letters = 0;
    var digits = 0;
    var seen = new boolean[256];
    var distinct = 0;
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if ((c | 32) >= 'a' && (c | 32) <= 'z') {
        letters++;
      }
      if (!seen[c & 0xff]) {
        seen[c & 0xff] = true;
        distinct++;
      }
    }
    return value.length() >= 10 && digits > 0 && letters > 0 && distinct >= 7;
  }
}
