package io.bugreport.app.serve.endpoint;

import io.bugreport.app.serve.endpoint.Recordings.PodPort;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP/1.1 on one forwarded stream: several requests on one connection, GET and HEAD only.
final class HttpReplay {
  private static final int MAX_LINE = 16 << 10;
  private static final int MAX_HEADERS = 200;
  private static final long MAX_BODY = 1 << 20;

  private final Recordings recordings;
  private final PodPort port;
  private final InputStream in;
  private final OutputStream out;

  HttpReplay(Recordings recordings, PodPort port, InputStream in, OutputStream out) {
    this.recordings = recordings;
    this.port = port;
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  /// Answers until the client ends the stream, asks to, or says something that is no HTTP.
  void run() throws IOException {
    var open = true;
    while (open) {
      open = answerOne();
      out.flush();
    }
  }

  private boolean answerOne() throws IOException {
    var first = line();
    while (first != null && first.isEmpty()) {
      first = line();
    }
    if (first == null) {
      return false;
    }
    var words = first.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      send(RecordedAnswer.text(400, "not a request of HTTP/1.1\n"), "GET", false);
      return false;
    }
    var keepAlive = words[2].equals("HTTP/1.1");
    long body = 0;
    for (var count = 0; ; count++) {
      var header = line();
      if (header == null) {
        throw new EOFException("the request's headers are cut off");
      }
      if (header.isEmpty()) {
        break;
      }
      if (count >= MAX_HEADERS) {
        send(RecordedAnswer.text(431, "too many headers\n"), words[0], false);
        return false;
      }
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("connection:")) {
        keepAlive =
            keepAlive ? !lower.contains("close") : lower.substring(11).contains("keep-alive");
      } else if (lower.startsWith("content-length:")) {
        body = length(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        body = -1;
      }
    }
    if (body < 0 || body > MAX_BODY) {
      // Where such a body ends is of no interest: nothing here takes one.
      send(refused(words[0]), words[0], false);
      return false;
    }
    in.skipNBytes(body);
    var reads = words[0].equals("GET") || words[0].equals("HEAD");
    send(reads ? recordings.answer(port, words[1]) : refused(words[0]), words[0], keepAlive);
    return keepAlive;
  }

  private static RecordedAnswer refused(String method) {
    return RecordedAnswer.text(
        405, method + " is refused: a snapshot is replayed here, and it is read-only\n");
  }

  private static long length(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private void send(RecordedAnswer answer, String method, boolean keepAlive) throws IOException {
    var head =
        "HTTP/1.1 "
            + answer.status()
            + " "
            + phrase(answer.status())
            + "\r\ncontent-type: "
            + answer.contentType()
            + "\r\ncontent-length: "
            + answer.size()
            + (answer.status() == 405 ? "\r\nallow: GET, HEAD" : "")
            + "\r\nserver: bug-report-replay\r\nconnection: "
            + (keepAlive ? "keep-alive" : "close")
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    if (!method.equals("HEAD")) {
      try (var content = answer.body().open()) {
        content.transferTo(out);
      }
    }
  }

  private static String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> status < 400 ? "OK" : "Error";
    };
  }

  private @Nullable String line() throws IOException {
    var text = new StringBuilder();
    while (true) {
      var c = in.read();
      if (c < 0) {
        return null;
      }
      if (c == '\n') {
        var length = text.length();
        if (length > 0 && text.charAt(length - 1) == '\r') {
          text.setLength(length - 1);
        }
        return text.toString();
      }
      if (text.length() >= MAX_LINE) {
        throw new IOException("a line of the request is longer than " + MAX_LINE + " bytes");
      }
      text.append((char) c);
    }
  }
}
