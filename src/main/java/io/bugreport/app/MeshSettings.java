package io.bugreport.app;

import io.bugreport.model.resource.DocumentReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Mesh configuration that the user has as a file of its own. Checks read it where Istio keeps it:
/// in the ConfigMap `istio` of `istio-system`.
///
/// @param config a file with a `MeshConfig`
/// @param networks a file with `MeshNetworks`
record MeshSettings(@Nullable String config, @Nullable String networks) {

  boolean isEmpty() {
    return config == null && networks == null;
  }

  /// The files' names, under which the ConfigMap goes in findings.
  String name() {
    if (config != null && networks != null) {
      return config + ", " + networks;
    }
    return config != null ? config : String.valueOf(networks);
  }

  /// The ConfigMap, as JSON.
  ///
  /// @throws io.bugreport.model.resource.DocumentException when a file is no YAML
  byte[] configMap() throws IOException {
    SequencedMap<String, String> data = new LinkedHashMap<>();
    if (config != null) {
      data.put("mesh", text(config));
    }
    if (networks != null) {
      data.put("meshNetworks", text(networks));
    }
    return JsonMapper.builder()
        .build()
        .writeValueAsBytes(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "istio", "namespace", "istio-system"),
                "data",
                data));
  }

  private static String text(String file) throws IOException {
    var bytes = Files.readAllBytes(Path.of(file));
    DocumentReader.read(file, new ByteArrayInputStream(bytes), _ -> {});
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
