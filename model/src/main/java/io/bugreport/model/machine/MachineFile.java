package io.bugreport.model.machine;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.Server;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What is collected of a virtual machine besides the answers of its Envoy and its agent, which are
/// [Endpoint]s. The paths are those of Istio's guide for virtual machines and of its packages.
public enum MachineFile {
  /// When it was collected, by the machine's clock and by ours, and as which user.
  ABOUT("about.json"),
  /// `/var/lib/istio/envoy/cluster.env`: what `istioctl x workload entry configure` made.
  CLUSTER_ENV("files/cluster.env"),
  /// `/var/lib/istio/envoy/sidecar.env`: what the machine's owner set besides.
  SIDECAR_ENV("files/sidecar.env"),
  /// `/etc/istio/config/mesh`
  MESH("files/mesh.yaml"),
  HOSTS("files/hosts"),
  RESOLV_CONF("files/resolv.conf"),
  NSSWITCH("files/nsswitch.conf"),
  OS_RELEASE("files/os-release"),
  /// The systemd unit of the agent.
  UNIT("files/istio.service"),
  /// Fields of `/etc/certs/root-cert.pem`: one certificate after another, as `openssl x509` prints
  /// them.
  ROOT_CERT("certificates/root-cert.txt"),
  /// Fields of `/var/run/secrets/istio/root-cert.pem`, where newer agents look first.
  ISTIO_ROOT_CERT("certificates/istio-root-cert.txt"),
  /// Fields of `/etc/certs/cert-chain.pem`, which the agent writes where it is told to.
  CERT_CHAIN("certificates/cert-chain.txt"),
  /// The claims of `/var/run/secrets/tokens/istio-token`, decoded on the machine; never the token.
  TOKEN_CLAIMS("certificates/token-claims.json"),
  /// Names, owners and sizes of Istio's files.
  ISTIO_FILES("commands/istio-files.txt"),
  UNAME("commands/uname.txt"),
  LIMITS("commands/limits.txt"),
  /// The user that the proxy runs as, whose traffic is not captured.
  PROXY_USER("commands/id.txt"),
  AGENT_VERSION("commands/agent-version.txt"),
  ENVOY_VERSION("commands/envoy-version.txt"),
  PACKAGE("commands/package.txt"),
  /// `systemctl show istio`
  SYSTEMCTL("commands/systemctl.txt"),
  TIMEDATECTL("commands/timedatectl.txt"),
  RESOLVECTL("commands/resolvectl.txt"),
  PROCESSES("commands/ps.txt"),
  PORTS("commands/ports.txt"),
  IP_ADDRESS("commands/ip-address.txt"),
  IP_ROUTE("commands/ip-route.txt"),
  /// `iptables-save`: the capture of the machine's traffic.
  IPTABLES("commands/iptables.txt"),
  IP6TABLES("commands/ip6tables.txt"),
  NFT("commands/nft.txt"),
  LOG("logs/istio.log"),
  ERROR_LOG("logs/istio.err.log"),
  JOURNAL("logs/journal.log");

  private final String path;

  MachineFile(String path) {
    this.path = path;
  }

  /// Where it lies below the machine's folder.
  public String path() {
    return path;
  }

  /// All that is asked of a machine: these files, and the answers of its agent and Envoy.
  public static List<String> asked() {
    return Stream.of(
            Arrays.stream(values()).filter(file -> file != ABOUT).map(MachineFile::path),
            Endpoint.of(Server.AGENT).stream().map(Endpoint::file),
            Endpoint.of(Server.ENVOY).stream().map(Endpoint::file))
        .flatMap(paths -> paths)
        .toList();
  }
}
