package io.bugreport.app.synthetic;

import io.bugreport.model.endpoint.Endpoint;
import java.io.OutputStream;

/// How long a configuration dump of a planned mesh is.
record DumpSize(MeshPlan plan) {

  /// The size of the first sidecar's dump, in bytes.
  long bytes() {
    var mesh = new Mesh(plan);
    var counter = new Counter();
    var proxy = mesh.proxyOf(mesh.service(plan.services().getFirst().name()));
    new EnvoyAnswers(mesh, proxy).write(Endpoint.ENVOY_CONFIG_DUMP, new Output(counter));
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      bytes += length;
    }
  }
}
