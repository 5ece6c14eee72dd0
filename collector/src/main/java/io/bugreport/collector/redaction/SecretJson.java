package io.bugreport.collector.redaction;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Secrets in JSON.
final class SecretJson implements SecretManifest.Notation {
  static final String LAST_APPLIED = "last-applied-configuration";
  private static final int LONGEST_KEY = 256;

  private final Tally.Entry tally;
  private final OutputStream out;

  private int depth;

  /// Where the object that holds values lies, or 0 outside of one.
  private int secretDepth;

  private boolean base64;
  private boolean inString;
  private int escape;
  private boolean afterColon;
  private final StringBuilder key = new StringBuilder();
  private @Nullable SecretValue value;

  SecretJson(Tally.Entry tally, OutputStream out) {
    this.tally = tally;
    this.out = out;
  }

  @Override
  public void take(byte b) throws IOException {
    if (inString) {
      inString(b);
    } else if (value != null && isScalar(b)) {
      value.add(b);
    } else {
      endScalar();
      between(b);
    }
  }

  private static boolean isScalar(byte b) {
    return b != ',' && b != '}' && b != ']' && !Bytes.SPACE.has(b);
  }

  private void between(byte b) throws IOException {
    switch (b) {
      case '"' -> startString();
      case '{', '[' -> {
        depth++;
        if (afterColon && secretDepth == 0 && isDataKey()) {
          secretDepth = depth;
          base64 = keyText().equals("data");
        }
        afterColon = false;
      }
      case '}', ']' -> {
        if (depth == secretDepth) {
          secretDepth = 0;
        }
        depth = Math.max(0, depth - 1);
        afterColon = false;
      }
      case ':' -> afterColon = true;
      case ',' -> afterColon = false;
      default -> {
        if (secretDepth > 0 && afterColon && !Bytes.SPACE.has(b)) {
          value = new SecretValue(false);
          value.add(b);
          return;
        }
      }
    }
    if (value == null || b == '"') {
      out.write(b);
    }
  }

  private void startString() {
    inString = true;
    if (isSecretString()) {
      value = new SecretValue(base64 && secretDepth > 0);
    } else {
      key.setLength(0);
    }
  }

  /// Values in the object, and the annotation that repeats all of them.
  private boolean isSecretString() {
    return afterColon && (secretDepth > 0 || keyText().endsWith(LAST_APPLIED));
  }

  private boolean isDataKey() {
    return keyText().equals("data") || keyText().equals("stringData");
  }

  private String keyText() {
    return key.toString();
  }

  private void inString(byte b) throws IOException {
    if (escape == 0 && b == '"') {
      inString = false;
      endString();
      out.write(b);
      return;
    }
    if (value == null) {
      escape = escape == 0 && b == '\\' ? 1 : 0;
      if (key.length() < LONGEST_KEY) {
        key.append((char) (b & 0xff));
      }
      out.write(b);
    } else if (escape > 0) {
      unescaped(b);
    } else if (b == '\\') {
      escape = 1;
    } else {
      value.add(b);
    }
  }

  /// Counts an escape as the one character that it stands for.
  private void unescaped(byte b) {
    if (value != null && escape == 1) {
      value.add(b == 'n' || b == 'r' || b == 'u' ? (byte) '\n' : b);
    }
    escape = (escape == 1 && b != 'u') || escape == 5 ? 0 : escape + 1;
  }

  private void endString() throws IOException {
    escape = 0;
    var secret = value;
    if (secret != null) {
      value = null;
      out.write(replacement(secret));
      afterColon = false;
    }
  }

  private byte[] replacement(SecretValue secret) {
    if (secret.isEmpty() || secret.isMarker()) {
      return secret.text();
    }
    tally.add("secret-value");
    var marker = secretDepth > 0 ? secret.marker() : Marker.PLAIN;
    return marker.getBytes(StandardCharsets.US_ASCII);
  }

  /// A number or the like among the values.
  private void endScalar() throws IOException {
    var secret = value;
    if (secret != null) {
      value = null;
      if (secret.isNull()) {
        out.write(secret.text());
        return;
      }
      tally.add("secret-value");
      var marker = base64 ? Marker.base64(secret.marker()) : secret.marker();
      out.write(('"' + marker + '"').getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void end() throws IOException {
    if (inString) {
      endString();
    } else {
      endScalar();
    }
  }
}
