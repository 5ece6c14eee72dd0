package io.bugreport.app.synthetic;

import io.bugreport.model.endpoint.Endpoint;
import java.time.Duration;

/// What a proxy's agent answers.
final class AgentAnswers {
  private final Mesh mesh;
  private final Proxy proxy;

  AgentAnswers(Mesh mesh, Proxy proxy) {
    this.mesh = mesh;
    this.proxy = proxy;
  }

  void write(Endpoint endpoint, Output out) {
    switch (endpoint) {
      case AGENT_READY -> out.text("");
      case AGENT_METRICS -> out.text(metrics());
      case AGENT_NAME_TABLE -> out.compact(NameTable.ofAgent(mesh, proxy));
      default -> throw new IllegalArgumentException(endpoint + " is none of the agent's");
    }
  }

  private String metrics() {
    return """
        # TYPE istio_agent_cert_expiry_seconds gauge
        istio_agent_cert_expiry_seconds{resource_name="default"} %d
        # TYPE istio_agent_dns_requests_total counter
        istio_agent_dns_requests_total 412
        # TYPE istio_agent_dns_upstream_failures_total counter
        istio_agent_dns_upstream_failures_total 0
        # TYPE istio_agent_dns_upstream_requests_total counter
        istio_agent_dns_upstream_requests_total 61
        # TYPE istio_agent_num_outgoing_requests counter
        istio_agent_num_outgoing_requests{request_type="csr"} 1
        # TYPE istio_agent_scrapes_total counter
        istio_agent_scrapes_total 480
        """
        .formatted(Duration.between(mesh.plan.time(), proxy.certificateUntil()).toSeconds());
  }
}
