package io.bugreport.collector.redaction;

import java.io.IOException;
import java.io.OutputStream;

/// Kubernetes Secrets, in JSON or block YAML: keys, sizes and types stay, values go. What stands
/// for a value of `data` is itself base64, so that the objects stay valid.
final class SecretManifest extends OutputStream {
  private final OutputStream out;
  private final Tally.Entry tally;

  /// Takes one of the two notations, byte by byte.
  sealed interface Notation permits SecretJson, SecretYaml {
    void take(byte b) throws IOException;

    /// Writes what is still held back.
    void end() throws IOException;
  }

  private Notation notation;
  private boolean decided;

  SecretManifest(Tally.Entry tally, OutputStream out) {
    this.tally = tally;
    this.out = out;
    this.notation = new SecretYaml(tally, out);
  }

  @Override
  public void write(int b) throws IOException {
    if (!decided && !Bytes.SPACE.has((byte) b)) {
      decided = true;
      if (b == '{' || b == '[') {
        notation.end();
        notation = new SecretJson(tally, out);
      }
    }
    notation.take((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (var i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      notation.end();
    }
  }
}
