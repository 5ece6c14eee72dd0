package io.bugreport.report.view;

/// Makes characters visible that would hide, reorder or break text. Names and log lines of a mesh
/// are hostile input: a right-to-left override turns `gpj.exe` around, an escape sequence recolours
/// a terminal, and XML has no way to say NUL.
public final class Visible {
  private static final char CONTROL_PICTURES = '\u2400';
  private static final char REPLACEMENT = '\uFFFD';

  private Visible() {}

  /// The text with such characters spelled out. Line feeds and tabs stay.
  public static String text(String text) {
    StringBuilder shown = null;
    for (var i = 0; i < text.length(); ) {
      var c = text.codePointAt(i);
      var length = Character.charCount(c);
      if (isPlain(c)) {
        if (shown != null) {
          shown.appendCodePoint(c);
        }
      } else {
        if (shown == null) {
          shown = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        shown.append(spelled(c));
      }
      i += length;
    }
    return shown == null ? text : shown.toString();
  }

  /// The text on one line.
  public static String line(String text) {
    return text(text.replace("\r\n", " ").replace('\n', ' ').replace('\t', ' ')).strip();
  }

  private static boolean isPlain(int c) {
    if (c == '\n' || c == '\t') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> (c & 0xfffe) != 0xfffe;
    };
  }

  private static String spelled(int c) {
    if (c < 0x20) {
      return String.valueOf((char) (CONTROL_PICTURES + c));
    }
    if (c == 0x7f) {
      return "\u2421";
    }
    if (Character.getType(c) == Character.SURROGATE || (c & 0xfffe) == 0xfffe) {
      return String.valueOf(REPLACEMENT);
    }
    return "[U+" + String.format("%04X", c) + "]";
  }
}
