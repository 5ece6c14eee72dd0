package io.bugreport.analyzers.schema;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Forms that texts in Istio's objects have.
final class Texts {
  private static final String LABEL = "[a-zA-Z0-9_]([-a-zA-Z0-9_]{0,61}[a-zA-Z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*\\.?");
  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(:[\\d.]+)?");
  private static final Pattern DURATION =
      Pattern.compile("[-+]?(0|(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+");

  /// What RE2, Envoy's engine, leaves out of the expressions that others know.
  private static final Pattern NOT_IN_RE2 =
      Pattern.compile("\\(\\?(=|!|<=|<!|>)|(?<!\\\\)\\\\[1-9]");

  private static final Set<String> PROTOCOLS =
      Set.of(
          "HTTP",
          "HTTPS",
          "HTTP2",
          "HTTP_PROXY",
          "GRPC",
          "GRPC-WEB",
          "MONGO",
          "MYSQL",
          "REDIS",
          "TCP",
          "TLS",
          "UDP",
          "HBONE");

  private Texts() {}

  /// A host name of one or more labels; no wildcard.
  static boolean isName(String text) {
    return text.length() <= 255 && NAME.matcher(text).matches();
  }

  /// A host name, or one whose first label is `*`.
  static boolean isNameOrWildcard(String text) {
    return text.equals("*")
        || isName(text.startsWith("*.") || text.startsWith("*-") ? text.substring(2) : text);
  }

  static boolean isAddress(String text) {
    return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
  }

  /// A range of addresses, such as `10.0.0.0/8`.
  static boolean isRange(String text) {
    var slash = text.indexOf('/');
    return slash > 0
        && isAddress(text.substring(0, slash))
        && text.substring(slash + 1).matches("\\d{1,3}");
  }

  /// A duration as Go writes it, such as `1.5s` or `1m30s`.
  static boolean isDuration(String text) {
    return DURATION.matcher(text).matches();
  }

  /// Whether Envoy's RE2 takes an expression, as far as can be told without it.
  static boolean isRegex(String text) {
    try {
      return !NOT_IN_RE2.matcher(text).find() && Pattern.compile(text).flags() >= 0;
    } catch (PatternSyntaxException _) {
      // RE2 names groups (?P<name>…), which Java does not.
      return text.contains("(?P<");
    }
  }

  static boolean isProtocol(String text) {
    return PROTOCOLS.stream().anyMatch(text::equalsIgnoreCase);
  }
}
