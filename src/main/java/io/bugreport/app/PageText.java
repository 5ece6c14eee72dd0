package io.bugreport.app;

import java.util.regex.Pattern;

/// A check's page, which is Markdown, as text for a terminal: paragraphs wrapped, headings bold,
/// links spelled out, code and tables left as they are.
record PageText(Style style) {
  private static final int WIDTH = 88;
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\(([^)]+)\\)");
  private static final Pattern ITEM = Pattern.compile("([-*]|\\d+\\.) +");

  String of(String page) {
    var text = new StringBuilder();
    var paragraph = new StringBuilder();
    var indent = "";
    var inCode = false;
    for (var line : page.lines().toList()) {
      if (line.strip().startsWith("```")) {
        flush(paragraph, indent, text);
        inCode = !inCode;
      } else if (inCode || line.startsWith("    ")) {
        flush(paragraph, indent, text);
        text.append(inCode ? "    " : "").append(line).append('\n');
      } else if (line.isBlank()) {
        flush(paragraph, indent, text);
        text.append('\n');
        indent = "";
      } else if (line.startsWith("#")) {
        flush(paragraph, indent, text);
        text.append(style.bold(line.replaceFirst("^#+ *", ""))).append('\n');
      } else if (line.startsWith("|")) {
        flush(paragraph, indent, text);
        text.append(line).append('\n');
      } else {
        var item = ITEM.matcher(line.strip());
        if (item.lookingAt()) {
          flush(paragraph, indent, text);
          indent = " ".repeat(item.end());
        }
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
      }
    }
    flush(paragraph, indent, text);
    return text.toString();
  }

  private static void flush(StringBuilder paragraph, String indent, StringBuilder text) {
    if (paragraph.isEmpty()) {
      return;
    }
    var column = 0;
    for (var word : LINK.matcher(paragraph).replaceAll("$1 ($2)").split(" +", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(indent);
        column = indent.length();
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    text.append('\n');
    paragraph.setLength(0);
  }
}
