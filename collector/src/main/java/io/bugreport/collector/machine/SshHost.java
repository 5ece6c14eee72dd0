package io.bugreport.collector.machine;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A machine that OpenSSH's client reaches, as the user set it up: configuration, agent, jump hosts
/// and known hosts are the client's. It never asks.
///
/// @param user whom to log in as; null leaves that to the client
/// @param host a name, an address, or a `Host` of the ssh configuration
/// @param port 0 leaves that to the client
public record SshHost(@Nullable String user, String host, int port) {
  /// What may be an argument of `ssh`, and can be no option of it.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.%][A-Za-z0-9_.%-]*");

  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?");

  public SshHost {
    if ((user != null && !PLAIN.matcher(user).matches())
        || !(PLAIN.matcher(host).matches() || ADDRESS.matcher(host).matches())
        || port < 0
        || port > 65_535) {
      throw new IllegalArgumentException("not a host that ssh can reach");
    }
  }

  /// Reads `ssh://user@host[:port]`; user and port may be left to the ssh configuration.
  ///
  /// @throws IllegalArgumentException with what is wrong
  public static SshHost parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException("it is no URL of the form ssh://user@host:port");
    }
    var authority = uri.getRawAuthority();
    if (!"ssh".equals(uri.getScheme())
        || authority == null
        || !uri.getRawPath().replace("/", "").isEmpty()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it is no URL of the form ssh://user@host:port");
    }
    var at = authority.lastIndexOf('@');
    var user = at < 0 ? null : authority.substring(0, at);
    if (user != null && user.contains(":")) {
      throw new IllegalArgumentException(
          "it has a password, which others can see: use a key, and the agent");
    }
    var place = authority.substring(at + 1);
    var bracket = place.lastIndexOf(']');
    var colon = place.lastIndexOf(':');
    var port = colon > bracket ? place.substring(colon + 1) : "";
    var host = colon > bracket ? place.substring(0, colon) : place;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new SshHost(user, host, port.isEmpty() ? 0 : Integer.parseInt(port));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("its port is no number");
    }
  }

  /// The shell there.
  ///
  /// @param configuration the client's configuration; null for the user's own
  /// @param sudo whether the script runs as root, by `sudo -n`
  public Shell shell(@Nullable Path configuration, boolean sudo) {
    List<String> command = new ArrayList<>(List.of("ssh", "-T", "-x"));
    if (configuration != null) {
      command.addAll(List.of("-F", configuration.toString()));
    }
    for (var option :
        List.of(
            "BatchMode=yes",
            "LogLevel=ERROR",
            "ConnectTimeout=15",
            "ServerAliveInterval=5",
            "ServerAliveCountMax=3",
            // An existing master connection is used; none is left behind.
            "ControlMaster=no",
            "ForwardAgent=no",
            "ClearAllForwardings=yes",
            "PermitLocalCommand=no",
            "RemoteCommand=none")) {
      command.add("-o" + option);
    }
    if (user != null) {
      command.addAll(List.of("-l", user));
    }
    if (port > 0) {
      command.addAll(List.of("-p", Integer.toString(port)));
    }
    command.addAll(List.of("--", host, sudo ? "sudo -n sh -s" : "sh -s"));
    return new Shell(host, command, true);
  }
}
