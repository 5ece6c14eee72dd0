package io.bugreport.report.logs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How bad a line says it is, worst first.
public enum Level {
  ERROR,
  WARNING,
  OTHER;

  private static final int HEAD = 160;
  private static final Pattern FAILED_REQUEST = Pattern.compile("HTTP/[\\d.]+\" 5\\d\\d ");
  private static final List<String> ERRORS = List.of("error", "fatal", "critical", "panic");
  private static final List<String> WARNINGS = List.of("warning", "warn");
  private static final List<String> OTHERS = List.of("info", "debug", "trace", "notice");

  /// Reads the level off a line: of Istio (`error<TAB>…`), of Envoy and CoreDNS (`[error]`), of
  /// klog (`E1124 …`), of JSON and key=value loggers, or of a plain word. The first word of a level
  /// counts: a warning may well speak of an error. A request that was answered with 5xx is a
  /// warning.
  static Level of(String line) {
    var head = line.length() > HEAD ? line.substring(0, HEAD) : line;
    if (isKlog(head)) {
      return switch (head.charAt(0)) {
        case 'E', 'F' -> ERROR;
        case 'W' -> WARNING;
        default -> OTHER;
      };
    }
    var lower = head.toLowerCase(Locale.ROOT);
    var error = first(lower, ERRORS);
    var warning = first(lower, WARNINGS);
    var other = first(lower, OTHERS);
    if (error < warning && error < other) {
      return ERROR;
    }
    return warning < other || FAILED_REQUEST.matcher(line).find() ? WARNING : OTHER;
  }

  private static boolean isKlog(String line) {
    return line.length() > 5
        && "EFWI".indexOf(line.charAt(0)) >= 0
        && line.charAt(5) == ' '
        && line.substring(1, 5).chars().allMatch(Character::isDigit);
  }

  /// Where the first of these words stands as a level.
  private static int first(String lower, List<String> words) {
    var first = Integer.MAX_VALUE;
    for (var word : words) {
      for (var at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
        if (isLevel(lower, at, at + word.length())) {
          first = Math.min(first, at);
          break;
        }
      }
    }
    return first;
  }

  private static boolean isLevel(String lower, int from, int to) {
    var before = from == 0 ? ' ' : lower.charAt(from - 1);
    var after = to == lower.length() ? ' ' : lower.charAt(to);
    return "\t [=\"".indexOf(before) >= 0 && "\t ]:\",".indexOf(after) >= 0;
  }
}
