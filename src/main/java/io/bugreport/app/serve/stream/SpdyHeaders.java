package io.bugreport.app.serve.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Header blocks of SPDY/3.1 (draft 3.1, section 2.6.10): names and values, deflated with a
/// dictionary that both sides know, in one compression context for each direction of a session.
final class SpdyHeaders implements AutoCloseable {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_COUNT = 100;
  private static final byte[] DICTIONARY = dictionary();

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();

  SpdyHeaders() {
    deflater.setDictionary(DICTIONARY);
  }

  /// The words of the protocol's dictionary with their lengths before them, then its plain rest.
  private static byte[] dictionary() {
    try (var in = SpdyHeaders.class.getResourceAsStream("spdy3-dictionary.txt")) {
      if (in == null) {
        throw new IllegalStateException("the SPDY dictionary is missing from this program's jar");
      }
      var lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      var out = new ByteArrayOutputStream();
      for (var word : lines.subList(0, lines.size() - 1)) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(word.length()).array());
        out.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
      }
      out.writeBytes(lines.getLast().getBytes(StandardCharsets.US_ASCII));
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("the SPDY dictionary cannot be read", e);
    }
  }

  /// Reads a block, names in lower case.
  Map<String, String> read(byte[] block) throws IOException {
    var plain = ByteBuffer.wrap(inflate(block));
    try {
      var count = plain.getInt();
      if (count < 0 || count > MAX_COUNT) {
        throw new IOException("a SPDY header block of " + count + " headers is refused");
      }
      var headers = new LinkedHashMap<String, String>();
      for (var i = 0; i < count; i++) {
        var name = text(plain).toLowerCase(Locale.ROOT);
        headers.put(name, text(plain));
      }
      return headers;
    } catch (BufferUnderflowException e) {
      throw new IOException("a SPDY header block is cut off", e);
    }
  }

  private static String text(ByteBuffer plain) throws IOException {
    var length = plain.getInt();
    if (length < 0 || length > plain.remaining()) {
      throw new IOException("a SPDY header is longer than its block");
    }
    var bytes = new byte[length];
    plain.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] inflate(byte[] block) throws IOException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[4096];
    inflater.setInput(block);
    try {
      while (true) {
        var n = inflater.inflate(buffer);
        if (n > 0) {
          out.write(buffer, 0, n);
          if (out.size() > MAX_BYTES) {
            throw new IOException("a SPDY header block is larger than " + MAX_BYTES + " bytes");
          }
        } else if (inflater.needsDictionary()) {
          inflater.setDictionary(DICTIONARY);
        } else {
          return out.toByteArray();
        }
      }
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new IOException("a SPDY header block cannot be inflated", e);
    }
  }

  /// Writes a block.
  byte[] write(Map<String, String> headers) {
    var plain = new ByteArrayOutputStream();
    plain.writeBytes(ByteBuffer.allocate(4).putInt(headers.size()).array());
    headers.forEach(
        (name, value) -> {
          for (var text : new String[] {name.toLowerCase(Locale.ROOT), value}) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            plain.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
            plain.writeBytes(bytes);
          }
        });
    deflater.setInput(plain.toByteArray());
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    int n;
    do {
      n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, n);
    } while (n == buffer.length);
    return out.toByteArray();
  }

  @Override
  public void close() {
    inflater.end();
    deflater.end();
  }
}
