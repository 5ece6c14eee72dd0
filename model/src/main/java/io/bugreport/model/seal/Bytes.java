package io.bugreport.model.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of keys and signatures, read in order. Strings are as in OpenSSH (RFC 4251): their length
/// in four bytes, then their bytes.
final class Bytes {
  private final ByteBuffer bytes;

  Bytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /// @throws KeyException when there are fewer
  byte[] take(int count) throws KeyException {
    if (count < 0 || count > bytes.remaining()) {
      throw new KeyException("it ends too early");
    }
    var taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  int number() throws KeyException {
    return ByteBuffer.wrap(take(4)).getInt();
  }

  byte[] string() throws KeyException {
    return take(number());
  }

  String text() throws KeyException {
    return new String(string(), StandardCharsets.UTF_8);
  }

  /// Passes over what must stand here.
  void expect(byte[] expected) throws KeyException {
    if (!Arrays.equals(take(expected.length), expected)) {
      throw new KeyException("it is of another kind");
    }
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] string(byte[] content) {
    return join(ByteBuffer.allocate(4).putInt(content.length).array(), content);
  }

  static byte[] string(String content) {
    return string(content.getBytes(StandardCharsets.UTF_8));
  }
}
