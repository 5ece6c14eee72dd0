package io.bugreport.collector.api;

import io.bugreport.collector.engine.ChunkStream;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.Closeable;
import java.io.InputStream;

/// A successful answer of the API server whose body is still arriving.
public final class ApiResponse implements Closeable {
  private final int code;
  private final ChunkStream body;
  private final AsyncBody source;

  ApiResponse(int code, ChunkStream body, AsyncBody source) {
    this.code = code;
    this.body = body;
    this.source = source;
  }

  public int code() {
    return code;
  }

  /// The body; it ends with an error where it was cut off, or came too late.
  public InputStream body() {
    return body;
  }

  /// How many bytes of the body have arrived.
  public long received() {
    return body.received();
  }

  /// Stops the answer if it is not at its end.
  @Override
  public void close() {
    source.cancel();
    body.close();
  }
}
