package io.bugreport.model.machine;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.ResourceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;

/// A virtual machine that was collected from.
///
/// @param name what it is called in the archive
/// @param archive what holds its files
public record Machine(String name, ArchiveReader archive) {
  /// Settings are a few dozen lines; what is beyond this many bytes is not read.
  private static final int BYTES = 1 << 20;

  /// A value with where it stands.
  public record Setting(String value, Location location) {}

  /// The machine as the subject of a finding. It is no object of Kubernetes, and of no cluster.
  public ResourceId id() {
    return new ResourceId("", "", "VirtualMachine", "", name);
  }

  /// Where a file of it lies in the archive.
  public String path(MachineFile file) {
    return Layout.machineFile(name, file.path());
  }

  public boolean has(MachineFile file) {
    return archive.has(path(file));
  }

  /// The assignments `NAME=value` of a file, quotes taken off, by name. The last one counts, as in
  /// a shell. For `cluster.env`, and for what `systemctl show` and openssl print.
  ///
  /// @return none where the file was not collected
  public SequencedMap<String, Setting> settings(MachineFile file) throws IOException {
    SequencedMap<String, Setting> settings = new LinkedHashMap<>();
    if (!has(file)) {
      return settings;
    }
    var at = 0;
    for (var line : text(file).lines().toList()) {
      at++;
      var equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        settings.put(
            line.substring(0, equals).strip(),
            new Setting(unquoted(line.substring(equals + 1)), Location.ofLine(path(file), at)));
      }
    }
    return settings;
  }

  /// The beginning of a text file.
  ///
  /// @return empty where it was not collected
  public String text(MachineFile file) throws IOException {
    if (!has(file)) {
      return "";
    }
    try (var in = archive.open(path(file))) {
      return new String(in.readNBytes(BYTES), StandardCharsets.UTF_8);
    }
  }

  private static String unquoted(String text) {
    var value = text.strip();
    var quoted =
        value.length() >= 2
            && (value.startsWith("'") || value.startsWith("\""))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /// A file that is JSON or YAML.
  ///
  /// @return empty where it was not collected
  /// @throws IOException when it is neither
  public Optional<Field> document(MachineFile file) throws IOException {
    if (!has(file)) {
      return Optional.empty();
    }
    var root = new AtomicReference<Node>(new Node.Scalar("", Node.Scalar.Type.NULL, 1, 1));
    try (var in = archive.open(path(file))) {
      DocumentReader.read(path(file), in, root::set);
    }
    return Optional.of(new Field(path(file), "", root.get()));
  }
}
