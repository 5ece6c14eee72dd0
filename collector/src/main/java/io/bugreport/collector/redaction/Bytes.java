package io.bugreport.collector.redaction;

/// A set of byte values.
final class Bytes {
  static final Bytes WORD = of("a-zA-Z0-9_");
  static final Bytes NAME = of("a-zA-Z0-9_.-");
  static final Bytes NAME_OR_PATH = of("a-zA-Z0-9_./-");
  static final Bytes BASE64 = of("a-zA-Z0-9+/=");
  static final Bytes BASE64_ANY = of("a-zA-Z0-9+/=_-");
  static final Bytes BASE64URL = of("a-zA-Z0-9_-");
  static final Bytes TOKEN68 = of("a-zA-Z0-9._~+/=-");
  static final Bytes BLANK = of(" \t");
  static final Bytes SPACE = of(" \t\r\n");
  static final Bytes BACKSLASH = of("\\");

  private final boolean[] member = new boolean[256];

  /// A set written as in a regular expression's brackets: characters and ranges; a hyphen stands
  /// last.
  static Bytes of(String ranges) {
    var set = new Bytes();
    for (var i = 0; i < ranges.length(); i++) {
      var first = ranges.charAt(i);
      var last = first;
      if (i + 2 < ranges.length() && ranges.charAt(i + 1) == '-') {
        last = ranges.charAt(i + 2);
        i += 2;
      }
      for (var c = first; c <= last; c++) {
        set.member[c] = true;
      }
    }
    return set;
  }

  /// All bytes but these.
  static Bytes allBut(String ranges) {
    var set = of(ranges);
    for (var i = 0; i < set.member.length; i++) {
      set.member[i] = !set.member[i];
    }
    return set;
  }

  private Bytes() {}

  boolean has(byte b) {
    return member[b & 0xff];
  }

  /// Whether it has a value that [Window#at(int)] gave.
  boolean has(int value) {
    return value >= 0 && member[value];
  }
}
