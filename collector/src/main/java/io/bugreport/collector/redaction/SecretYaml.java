package io.bugreport.collector.redaction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Secrets in block YAML, one key per line. Only the beginning of a line is held back.
final class SecretYaml implements SecretManifest.Notation {
  private static final int LONGEST_START = 1024;

  /// Margin with dashes, key (in quotes or not), colon, what follows.
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?s)((?: |- )*)(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s#:\"'{\\[-][^\\s:]*|)(\\s*:)(?:([ \\t]+)(.*))?");

  private final Tally.Entry tally;
  private final OutputStream out;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /// How many spaces the line starts with.
  private int spaces;

  private boolean passing;

  /// The column of the key whose values are secret, or -1 outside.
  private int secretColumn = -1;

  private boolean base64;

  /// The column of the key whose value is being left out, or -1.
  private int valueColumn = -1;

  private String valueStart = "";
  private @Nullable SecretValue value;
  private boolean whole;
  private boolean inValue;

  SecretYaml(Tally.Entry tally, OutputStream out) {
    this.tally = tally;
    this.out = out;
  }

  @Override
  public void take(byte b) throws IOException {
    if (passing) {
      out.write(b);
      passing = b != '\n';
      return;
    }
    if (inValue && value != null) {
      if (b == '\n') {
        inValue = false;
      } else {
        value.add(b);
      }
      return;
    }
    if (b == ' ' && spaces == line.size()) {
      spaces++;
    }
    line.write(b);
    if (b == '\n' || line.size() == LONGEST_START || isEarlyEnough(b)) {
      judge(b == '\n');
    }
  }

  /// A line that continues a value is known by its margin.
  private boolean isEarlyEnough(byte b) {
    return value != null
        && b != ' '
        && b != '\r'
        && spaces == line.size() - 1
        && spaces > valueColumn;
  }

  private void judge(boolean complete) throws IOException {
    var text = line.toString(StandardCharsets.ISO_8859_1);
    var content = text.stripTrailing();
    var margin = margin(content);
    if (value != null && (content.isBlank() || margin > valueColumn)) {
      startLine();
      for (var i = margin; i < content.length(); i++) {
        value.add((byte) content.charAt(i));
      }
      whole = false;
      inValue = !complete;
      return;
    }
    endValue();
    startLine();
    if (content.isBlank()) {
      pass(text, complete);
      return;
    }
    var entry = ENTRY.matcher(content);
    var isEntry = entry.matches();
    var column = isEntry ? entry.end(1) : margin;
    if (secretColumn >= 0 && column <= secretColumn) {
      secretColumn = -1;
    }
    if (isEntry && startsValue(entry)) {
      start(entry, text, complete);
    } else {
      pass(text, complete);
    }
  }

  private void startLine() {
    line.reset();
    spaces = 0;
  }

  private static int margin(String text) {
    var i = 0;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private boolean startsValue(Matcher entry) {
    var key = unquoted(entry.group(2));
    if (secretColumn >= 0) {
      return true;
    }
    if (key.endsWith(SecretJson.LAST_APPLIED)) {
      return true;
    }
    if (key.equals("data") || key.equals("stringData")) {
      base64 = key.equals("data");
      var flow = entry.group(5);
      if (flow == null || flow.isEmpty() || flow.startsWith("#") || flow.startsWith("!!map")) {
        secretColumn = entry.end(1);
        return false;
      }
      return !flow.replace(" ", "").equals("{}") && !flow.equals("null");
    }
    return false;
  }

  private static String unquoted(String key) {
    return key.startsWith("\"") || key.startsWith("'") ? key.substring(1, key.length() - 1) : key;
  }

  private void start(Matcher entry, String text, boolean complete) {
    valueColumn = entry.end(1);
    valueStart = text.substring(0, entry.end(3)) + " ";
    base64Value(entry, text, complete);
  }

  private void base64Value(Matcher entry, String text, boolean complete) {
    var started = new SecretValue(base64 && secretColumn >= 0);
    var content = entry.group(5) == null ? "" : entry.group(5);
    var from = content.startsWith("\"") || content.startsWith("'") ? 1 : 0;
    var isBlock = content.matches("[|>][-+0-9]*\\s*");
    var to =
        complete && from == 1 && content.length() > 1 ? content.length() - 1 : content.length();
    for (var i = isBlock ? content.length() : from; i < to; i++) {
      started.add((byte) content.charAt(i));
    }
    original = complete ? text : "";
    value = started;
    whole = complete;
    inValue = !complete;
  }

  private String original = "";

  private void endValue() throws IOException {
    var secret = value;
    if (secret == null) {
      return;
    }
    value = null;
    inValue = false;
    if (whole && (secret.isEmpty() || secret.isMarker())) {
      out.write(original.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    tally.add("secret-value");
    out.write((valueStart + marker(secret) + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private String marker(SecretValue secret) {
    if (secretColumn < 0) {
      return "'" + Marker.PLAIN + "'";
    }
    return base64 ? secret.marker() : "'" + secret.marker() + "'";
  }

  private void pass(String text, boolean complete) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    passing = !complete;
  }

  @Override
  public void end() throws IOException {
    if (line.size() > 0) {
      judge(true);
    }
    endValue();
  }
}
