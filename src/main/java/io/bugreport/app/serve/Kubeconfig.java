package io.bugreport.app.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The kubeconfig of a run: one context for each cluster, the first of them current. It is JSON,
/// which is YAML too, so that names of clusters need no quoting rules of ours.
final class Kubeconfig {
  private Kubeconfig() {}

  /// @param ports of the clusters, by name, in order
  static String text(Map<String, Integer> ports, ServerIdentity identity) {
    var root = JsonMapper.shared().createObjectNode();
    root.put("apiVersion", "v1").put("kind", "Config");
    var clusters = root.putArray("clusters");
    var contexts = root.putArray("contexts");
    var authority =
        Base64.getEncoder()
            .encodeToString(identity.certificate().getBytes(StandardCharsets.US_ASCII));
    ports.forEach(
        (name, port) -> {
          clusters
              .addObject()
              .put("name", name)
              .putObject("cluster")
              .put("server", "https://127.0.0.1:" + port)
              .put("certificate-authority-data", authority);
          contexts
              .addObject()
              .put("name", name)
              .putObject("context")
              .put("cluster", name)
              .put("user", "bug-report-serve");
        });
    root.putArray("users")
        .addObject()
        .put("name", "bug-report-serve")
        .putObject("user")
        .put("token", identity.token());
    root.put("current-context", ports.keySet().iterator().next());
    return root.toPrettyString() + "\n";
  }

  /// Writes a file that only its owner may read. It replaces the file whole, so a reader never sees
  /// half of it.
  static void write(Path file, String text) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    var fresh =
        posix
            ? Files.createTempFile(
                folder,
                ".kubeconfig-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(folder, ".kubeconfig-", "");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
