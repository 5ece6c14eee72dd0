package io.bugreport.report.logs;

/// The time at the beginning of a line.
final class LogTime {
  private LogTime() {}

  /// How many characters it has: `2026-11-24T07:12:04.123456789Z`; 0 where a line begins otherwise.
  static int length(String line) {
    if (line.length() < 20
        || line.charAt(4) != '-'
        || line.charAt(7) != '-'
        || line.charAt(10) != 'T'
        || line.charAt(13) != ':'
        || line.charAt(16) != ':') {
      return 0;
    }
    for (var i = 19; i < line.length() && i < 40; i++) {
      var c = line.charAt(i);
      if (c == 'Z') {
        return i + 1;
      }
      if (c != '.' && (c < '0' || c > '9')) {
        return 0;
      }
    }
    return 0;
  }

  /// The line without the kubelet's time and without the program's own.
  static String without(String line) {
    var text = line;
    for (var turn = 0; turn < 2; turn++) {
      var bracketed = text.startsWith("[") && length(text.substring(1)) > 0;
      var length = bracketed ? length(text.substring(1)) + 2 : length(text);
      if (length == 0) {
        return text;
      }
      text = text.substring(Math.min(length, text.length())).stripLeading();
    }
    return text;
  }
}
