package io.bugreport.collector.selection;

/// A name with wildcards: `*` stands for any characters, `?` for one. It matches the whole name,
/// never a part of it.
record Glob(String pattern) {

  boolean matches(String name) {
    var p = 0;
    var n = 0;
    var star = -1;
    var retry = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /// Whether it names exactly one thing.
  boolean isLiteral() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  /// Whether it matches everything.
  boolean isAny() {
    return !pattern.isEmpty() && pattern.chars().allMatch(c -> c == '*');
  }
}
