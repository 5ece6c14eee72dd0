package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How manifest and items are written and read. Fields that a newer version added are passed over.
public final class SnapshotJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SnapshotJson() {}

  /// One line of `collection.jsonl`, without its line end.
  public static String line(CollectedItem item) {
    return MAPPER.writeValueAsString(item);
  }

  /// The text of `manifest.json`.
  public static String text(Manifest manifest) {
    return PRETTY.writeValueAsString(manifest) + "\n";
  }

  static CollectedItem readItem(String line) throws ArchiveException {
    try {
      return MAPPER.readValue(line, CollectedItem.class);
    } catch (JacksonException e) {
      throw new ArchiveException(
          Layout.COLLECTION + " has a line that cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  static Manifest readManifest(ArchiveReader archive) throws IOException {
    try (var in = archive.open(Layout.MANIFEST)) {
      var manifest = MAPPER.readValue(in, Manifest.class);
      if (manifest.layout() > Layout.VERSION) {
        throw new ArchiveException(
            archive.name()
                + " has layout "
                + manifest.layout()
                + ", and this version reads up to "
                + Layout.VERSION
                + "; use a newer bug-report");
      }
      return manifest;
    } catch (JacksonException e) {
      throw new ArchiveException(
          archive.name() + ": " + Layout.MANIFEST + " cannot be read: " + e.getOriginalMessage(),
          e);
    }
  }

  /// Stands for the manifest of an archive that has none.
  static Manifest absentManifest(Instant collectedAt) {
    return new Manifest(
        Layout.VERSION,
        "",
        List.of(),
        collectedAt,
        collectedAt,
        null,
        List.of(),
        new TreeMap<>(),
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        null);
  }
}
