package io.bugreport.app.serve.endpoint;

import io.bugreport.app.serve.endpoint.Recordings.PodPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;

/// What listens on the ports of a cluster's pods: recorded endpoints, and live ones that stand in
/// for them.
public final class PodPorts {
  private static final int CONNECT_MILLIS = 5000;

  private final Recordings recordings;
  private final Map<PodPort, InetSocketAddress> live;

  /// @param live TCP targets that take the place of recorded endpoints
  public PodPorts(Recordings recordings, Map<PodPort, InetSocketAddress> live) {
    this.recordings = recordings;
    this.live = Map.copyOf(live);
  }

  Recordings recordings() {
    return recordings;
  }

  /// Serves one connection to a port, until either side ends it.
  ///
  /// @throws PortRefusedException when nothing listens there
  public void serve(PodPort port, InputStream in, OutputStream out) throws IOException {
    var target = live.get(port);
    if (target != null) {
      pipe(target, in, out);
    } else if (recordings.hasPort(port)) {
      new HttpReplay(recordings, port, in, out).run();
    } else {
      throw new PortRefusedException(
          "failed to connect to localhost:"
              + port.port()
              + " inside pod "
              + port.namespace()
              + "/"
              + port.pod()
              + ": connection refused: nothing was recorded on this port");
    }
  }

  private static void pipe(InetSocketAddress target, InputStream in, OutputStream out)
      throws IOException {
    try (var socket = new Socket()) {
      try {
        socket.connect(target, CONNECT_MILLIS);
      } catch (IOException e) {
        throw new PortRefusedException(
            "failed to connect to the live target " + target + ": " + e.getMessage());
      }
      var toTarget = socket.getOutputStream();
      Thread.ofVirtual()
          .name("live-" + target.getPort())
          .start(
              () -> {
                try {
                  copy(in, toTarget);
                  socket.shutdownOutput();
                } catch (IOException _) {
                  // The client went away or the target did: the other direction ends with it.
                  closeQuietly(socket);
                }
              });
      copy(socket.getInputStream(), out);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[16 << 10];
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed either way.
    }
  }
}
