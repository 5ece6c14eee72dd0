package io.bugreport.app.serve;

import io.bugreport.app.serve.api.ApiHandler;
import io.bugreport.app.serve.api.ClusterApi;
import io.bugreport.app.serve.endpoint.PodPorts;
import io.bugreport.app.serve.endpoint.Recordings;
import io.bugreport.app.serve.endpoint.Recordings.PodPort;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.RequestLogWriter;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// Serves a snapshot as Kubernetes API servers, one port of 127.0.0.1 for each cluster, over TLS
/// and with a token. Everything it does is a read.
public final class ReplayServer implements AutoCloseable {
  private static final int MAX_HEADERS = 32 << 10;
  private static final int MAX_MESSAGE = 1 << 20;

  /// Time, method, path with its query, status, bytes of the answer.
  private static final String LOG_LINE = "%{yyyy-MM-dd'T'HH:mm:ss.SSSXXX|UTC}t %m %U%q %s %O";

  private final List<Server> servers;
  private final SequencedMap<String, Integer> ports;
  private final String kubeconfigText;
  private final Path kubeconfig;
  private final Optional<Path> temporary;

  private ReplayServer(
      List<Server> servers,
      SequencedMap<String, Integer> ports,
      String kubeconfigText,
      Path kubeconfig,
      Optional<Path> temporary) {
    this.servers = servers;
    this.ports = ports;
    this.kubeconfigText = kubeconfigText;
    this.kubeconfig = kubeconfig;
    this.temporary = temporary;
  }

  /// Starts serving and writes the kubeconfig. The snapshot must stay open until the server is
  /// closed.
  ///
  /// @throws IOException when a port is taken, the snapshot holds no cluster, or it cannot be read
  public static ReplayServer start(Snapshot snapshot, ReplayOptions options) throws IOException {
    if (snapshot.clusters().isEmpty()) {
      throw new IOException(
          snapshot.archive().name() + " holds no cluster, so there is nothing to serve");
    }
    var identity = ServerIdentity.create();
    List<Server> servers = new ArrayList<>();
    var ports = new LinkedHashMap<String, Integer>();
    try {
      for (var cluster : snapshot.clusters()) {
        var port = options.port() == 0 ? 0 : options.port() + servers.size();
        var server = new Server(threads());
        servers.add(server);
        ports.put(cluster.name(), serve(server, snapshot, cluster, options, identity, port));
      }
      var text = Kubeconfig.text(ports, identity);
      var temporary =
          options.kubeconfig().isPresent()
              ? Optional.<Path>empty()
              : Optional.of(Files.createTempDirectory("bug-report-kubeconfig-"));
      var file =
          options.kubeconfig().orElseGet(() -> temporary.orElseThrow().resolve("kubeconfig"));
      Kubeconfig.write(file, text);
      return new ReplayServer(servers, ports, text, file.toAbsolutePath(), temporary);
    } catch (IOException | RuntimeException e) {
      stop(servers);
      throw e;
    }
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(16);
    threads.setName("serve");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("serve-"));
    return threads;
  }

  private static int serve(
      Server server,
      Snapshot snapshot,
      Cluster cluster,
      ReplayOptions options,
      ServerIdentity identity,
      int port)
      throws IOException {
    var connector = connector(server, identity, port);
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " of 127.0.0.1 cannot be opened for cluster "
              + cluster.name()
              + ": "
              + e.getMessage()
              + "; choose another --port, or 0 for any",
          e);
    }
    var webSockets = ServerWebSocketContainer.ensure(server);
    webSockets.setIdleTimeout(Duration.ZERO);
    webSockets.setMaxBinaryMessageSize(MAX_MESSAGE);
    webSockets.setMaxTextMessageSize(MAX_MESSAGE);
    webSockets.setMaxFrameSize(MAX_MESSAGE);
    var podPorts =
        new PodPorts(Recordings.of(snapshot, cluster), live(options.live(), cluster.name()));
    var handler =
        new ApiHandler(
            new ClusterApi(snapshot, cluster, podPorts),
            "127.0.0.1:" + connector.getLocalPort(),
            webSockets);
    server.setHandler(new Doorkeeper(handler, identity.token()));
    options
        .requestLog()
        .ifPresent(
            file ->
                server.setRequestLog(
                    new CustomRequestLog(new RequestLogWriter(file.toString()), LOG_LINE)));
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the server did not start: " + e.getMessage(), e);
    }
    return connector.getLocalPort();
  }

  private static ServerConnector connector(Server server, ServerIdentity identity, int port) {
    var tls = new SslContextFactory.Server();
    tls.setKeyStore(identity.keys());
    tls.setKeyStorePassword(identity.password());
    tls.setSniRequired(false);
    var configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(MAX_HEADERS);
    configuration.setSendServerVersion(false);
    // Clients may reach it by address, for which there is no server name in TLS.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    var connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, "http/1.1"),
            new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    return connector;
  }

  private static Map<PodPort, InetSocketAddress> live(List<LiveTarget> targets, String cluster) {
    Map<PodPort, InetSocketAddress> live = new HashMap<>();
    for (var target : targets) {
      if (target.cluster().isEmpty() || target.cluster().equals(cluster)) {
        live.put(new PodPort(target.namespace(), target.pod(), target.port()), target.target());
      }
    }
    return live;
  }

  /// The kubeconfig file.
  public Path kubeconfig() {
    return kubeconfig;
  }

  /// What is in it.
  public String kubeconfigText() {
    return kubeconfigText;
  }

  /// The port of each cluster, by name.
  public SequencedMap<String, Integer> ports() {
    return Collections.unmodifiableSequencedMap(ports);
  }

  private static void stop(List<Server> servers) throws IOException {
    for (var server : servers) {
      try {
        server.stop();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("the server did not stop: " + e.getMessage(), e);
      }
    }
  }

  /// Stops, and takes the kubeconfig away: nothing listens any more where it points.
  @Override
  public void close() throws IOException {
    try {
      stop(servers);
    } finally {
      Files.deleteIfExists(kubeconfig);
      if (temporary.isPresent()) {
        Files.deleteIfExists(temporary.get());
      }
    }
  }
}
