package io.bugreport.report.logs;

import java.util.regex.Pattern;

/// A line without what differs from one time to the next.
final class Template {
  private static final int LENGTH = 220;
  private static final int WORD = 5;
  private static final int UUID_LENGTH = 36;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Template() {}

  /// Numbers become `#`, and words that mix letters and digits, as ids and hashes do, become `*`.
  static String of(String line) {
    var text = new StringBuilder(Math.min(line.length(), LENGTH) + 8);
    var i = 0;
    while (i < line.length() && text.length() < LENGTH) {
      var c = line.charAt(i);
      if (!isWord(c)) {
        text.append(c);
        i++;
        continue;
      }
      if (UUID.matcher(line).region(i, Math.min(line.length(), i + UUID_LENGTH)).matches()) {
        text.append('*');
        i += UUID_LENGTH;
        continue;
      }
      var end = i;
      var digits = 0;
      while (end < line.length() && isWord(line.charAt(end))) {
        digits += isDigit(line.charAt(end)) ? 1 : 0;
        end++;
      }
      append(text, line, i, end, digits);
      i = end;
    }
    return i < line.length() ? text.append('…').toString() : text.toString();
  }

  private static void append(StringBuilder text, String line, int from, int end, int digits) {
    if (digits == 0) {
      text.append(line, from, end);
    } else if (digits == end - from) {
      text.append('#');
    } else if (end - from >= WORD) {
      text.append('*');
    } else {
      for (var i = from; i < end; i++) {
        if (!isDigit(line.charAt(i))) {
          text.append(line.charAt(i));
        } else if (i == from || !isDigit(line.charAt(i - 1))) {
          text.append('#');
        }
      }
    }
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
