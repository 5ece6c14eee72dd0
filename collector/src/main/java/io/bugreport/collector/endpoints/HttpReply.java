package io.bugreport.collector.endpoints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// An HTTP/1.1 answer to a GET, read strictly from a forwarded port (RFC 9112).
final class HttpReply {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) (\\d{3})( .*)?");
  private static final String START = "HTTP/";
  private static final int HEAD_BYTES = 64 << 10;

  private final int code;
  private final boolean keepAlive;
  private final HttpBody body;

  private HttpReply(int code, boolean keepAlive, HttpBody body) {
    this.code = code;
    this.keepAlive = keepAlive;
    this.body = body;
  }

  int code() {
    return code;
  }

  InputStream body() {
    return body;
  }

  /// Whether another request can follow on this connection.
  boolean isReusable() {
    return keepAlive && body.isComplete();
  }

  /// Reads up to the body.
  ///
  /// @throws IOException when it is not HTTP
  static HttpReply read(InputStream in) throws IOException {
    while (true) {
      var head = new Head(in);
      var line = head.statusLine();
      var status = STATUS.matcher(line);
      if (!status.matches()) {
        throw new IOException("not HTTP: the answer begins with \"" + line + "\"");
      }
      var code = Integer.parseInt(status.group(2));
      var headers = head.headers();
      if (code >= 200) {
        var connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        var keepAlive =
            status.group(1).equals("1")
                ? !connection.contains("close")
                : connection.contains("keep-alive");
        return new HttpReply(code, keepAlive, body(code, headers, in));
      }
    }
  }

  private static HttpBody body(int code, Map<String, String> headers, InputStream in)
      throws IOException {
    var encoding = headers.get("transfer-encoding");
    var length = headers.get("content-length");
    if (code == 204 || code == 304) {
      return HttpBody.ofLength(in, 0);
    }
    if (encoding != null) {
      if (length != null || !encoding.strip().equalsIgnoreCase("chunked")) {
        throw new IOException("not HTTP: no body can have the transfer encoding " + encoding);
      }
      return HttpBody.chunked(in);
    }
    if (length != null) {
      if (!length.matches("\\d{1,15}")) {
        throw new IOException("not HTTP: the content length " + length);
      }
      return HttpBody.ofLength(in, Long.parseLong(length));
    }
    return HttpBody.toEnd(in);
  }

  /// Status line and header lines.
  private static final class Head {
    private final InputStream in;
    private int read;

    Head(InputStream in) {
      this.in = in;
    }

    String statusLine() throws IOException {
      var start = new String(in.readNBytes(START.length()), StandardCharsets.ISO_8859_1);
      if (start.isEmpty()) {
        throw new IOException("the connection was closed without an answer");
      }
      if (!start.equals(START)) {
        throw new IOException("not HTTP: the answer begins with \"" + start + "\"");
      }
      return start + line();
    }

    Map<String, String> headers() throws IOException {
      Map<String, String> headers = new TreeMap<>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        var colon = line.indexOf(':');
        if (colon < 1 || line.charAt(0) <= ' ') {
          throw new IOException("not HTTP: a header line without a name");
        }
        var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        var value = line.substring(colon + 1).strip();
        var before = headers.put(name, value);
        if (before != null && name.equals("content-length") && !before.equals(value)) {
          throw new IOException("not HTTP: two content lengths");
        }
      }
      return headers;
    }

    private String line() throws IOException {
      var line = new ByteArrayOutputStream();
      for (var b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new IOException("the connection was closed before the answer's body");
        }
        if (++read > HEAD_BYTES) {
          throw new IOException("not HTTP: headers of more than " + HEAD_BYTES + " bytes");
        }
        line.write(b);
      }
      var text = line.toString(StandardCharsets.ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }
}
