package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.ResourceKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes a file of many objects apart, as `kubectl get -o yaml` writes it: a list whose items begin
/// with a dash in the first column, or documents with `---` between. It goes line by line, so it
/// holds one object at a time.
final class ObjectSplitter {
  private static final int LONGEST_OBJECT = 64 << 20;
  private static final int LONGEST_LINE = 16 << 20;

  /// Takes one object.
  @FunctionalInterface
  interface Target {
    void put(String path, byte[] object) throws IOException;
  }

  private final String cluster;
  private final Target target;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private String apiVersion = "";
  private String kind = "";
  private String namespace = "";
  private String name = "";
  private boolean inMetadata;
  private boolean inItems;
  private boolean isList;

  ObjectSplitter(String cluster, Target target) {
    this.cluster = cluster;
    this.target = target;
  }

  void split(InputStream file) throws IOException {
    var in = new BufferedInputStream(file, 1 << 16);
    for (var line = line(in); line != null; line = line(in)) {
      take(line);
    }
    end();
  }

  private void take(String line) throws IOException {
    if (line.startsWith("---")) {
      end();
      inItems = false;
      isList = false;
    } else if (line.equals("items:") || line.equals("items: []")) {
      clear();
      inItems = true;
      isList = true;
    } else if (inItems && line.startsWith("- ")) {
      end();
      add(line.substring(2));
    } else if (inItems && (line.isEmpty() || line.startsWith("  "))) {
      add(line.substring(Math.min(2, line.length())));
    } else {
      if (inItems) {
        end();
        inItems = false;
      }
      if (!isList) {
        add(line);
      }
    }
  }

  private void add(String line) throws IOException {
    text.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    if (text.size() > LONGEST_OBJECT) {
      throw new ArchiveException("an object is larger than " + LONGEST_OBJECT + " bytes: refused");
    }
    if (!line.startsWith(" ") && !line.isEmpty()) {
      inMetadata = line.startsWith("metadata:");
      apiVersion = value(line, "apiVersion: ", apiVersion);
      kind = value(line, "kind: ", kind);
    } else if (inMetadata) {
      namespace = value(line, "  namespace: ", namespace);
      name = value(line, "  name: ", name);
    }
  }

  private static String value(String line, String key, String otherwise) {
    if (!line.startsWith(key)) {
      return otherwise;
    }
    var value = line.substring(key.length()).strip();
    var quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private void end() throws IOException {
    if (!kind.isEmpty() && !kind.endsWith("List") && !name.isEmpty()) {
      var slash = apiVersion.indexOf('/');
      var group = slash < 0 ? "" : apiVersion.substring(0, slash);
      target.put(Layout.object(cluster, namespace, group, plural(), name), text.toByteArray());
    }
    clear();
  }

  private void clear() {
    text.reset();
    apiVersion = "";
    kind = "";
    namespace = "";
    name = "";
    inMetadata = false;
  }

  /// As the API server calls it; for kinds that no check reads, as English would.
  private String plural() {
    var known = ResourceKind.of(apiVersion, kind);
    if (known.isPresent()) {
      return known.get().plural();
    }
    var word = kind.toLowerCase(Locale.ROOT);
    if (word.endsWith("y") && !word.endsWith("ay") && !word.endsWith("ey")) {
      return word.substring(0, word.length() - 1) + "ies";
    }
    return word.matches(".*(s|x|ch|sh)") ? word + "es" : word + "s";
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream(128);
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return bytes.size() == 0 ? null : bytes.toString(StandardCharsets.UTF_8);
      }
      bytes.write(b);
      if (bytes.size() > LONGEST_LINE) {
        throw new ArchiveException("a line is longer than " + LONGEST_LINE + " bytes: refused");
      }
    }
    var line = bytes.toString(StandardCharsets.UTF_8);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
