package io.bugreport.app.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A running `kubectl port-forward` to Envoy's admin port of the sample's pod.
record Forward(Process process, BufferedReader output, HttpClient http, int port)
    implements AutoCloseable {
  private static final Pattern LINE = Pattern.compile("Forwarding from 127.0.0.1:(\\d+) .*");

  static Forward start(Path kubectl, Path kubeconfig, Path home) throws IOException {
    var builder =
        new ProcessBuilder(
            kubectl.toString(),
            "--cache-dir=" + home.resolve("cache-" + kubectl.getFileName()),
            "port-forward",
            "-n",
            "shop",
            "cart-0",
            ":15000");
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", home.toString());
    var process = builder.redirectErrorStream(true).start();
    var output = process.inputReader();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var match = LINE.matcher(line);
      if (match.matches()) {
        return new Forward(
            process, output, HttpClient.newHttpClient(), Integer.parseInt(match.group(1)));
      }
    }
    throw new IOException(kubectl + " forwarded nothing");
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() throws IOException {
    http.close();
    process.destroyForcibly();
    output.close();
  }
}
