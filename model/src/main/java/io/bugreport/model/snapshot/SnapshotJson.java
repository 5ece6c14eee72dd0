package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveException;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How manifest and items are written and read. Fields that a newer version added are passed over.
public final class SnapshotJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// A manifest has a few lines for each cluster, rule and phase.
  private static final long LARGEST_MANIFEST = 16 << 20;

  private SnapshotJson() {}

  /// One line of `collection.jsonl`, without its line end.
  public static String line(CollectedItem item) {
    return MAPPER.writeValueAsString(item);
  }

  /// A flat JSON object in one line, without its line end.
  public static String line(SequencedMap<String, String> fields) {
    return MAPPER.writeValueAsString(fields);
  }

  /// The text of `manifest.json`.
  public static String text(Manifest manifest) {
    return PRETTY.writeValueAsString(manifest) + "\n";
  }

  /// Reads `collection.jsonl`, as a stream: a hostile one may be a single line of gigabytes.
  static List<CollectedItem> readItems(ArchiveReader archive) throws IOException {
    List<CollectedItem> items = new ArrayList<>();
    try (var in = archive.open(Layout.COLLECTION);
        var values = MAPPER.readerFor(CollectedItem.class).<CollectedItem>readValues(in)) {
      while (values.hasNextValue()) {
        items.add(Objects.requireNonNull(values.nextValue(), "an item is null"));
      }
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new ArchiveException(
          archive.name()
              + ": "
              + Layout.COLLECTION
              + " cannot be read after item "
              + items.size()
              + ": "
              + firstLine(e.getOriginalMessage()),
          e);
    } catch (NullPointerException e) {
      throw new ArchiveException(
          archive.name() + ": " + Layout.COLLECTION + " holds null in place of an item", e);
    }
    return items;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  static Manifest readManifest(ArchiveReader archive) throws IOException {
    if (archive.size(Layout.MANIFEST) > LARGEST_MANIFEST) {
      throw new ArchiveException(
          archive.name()
              + ": "
              + Layout.MANIFEST
              + " is larger than "
              + LARGEST_MANIFEST
              + " bytes: refused as a possible bomb");
    }
    try (var in = archive.open(Layout.MANIFEST)) {
      // The version first: a newer layout may have changed the shape of all the rest.
      var tree = MAPPER.readTree(in);
      var layout = tree.path("layout").asInt(0);
      if (layout > Layout.VERSION) {
        throw new ArchiveException(
            archive.name()
                + " has layout "
                + layout
                + ", and this version reads up to "
                + Layout.VERSION
                + "; use a newer bug-report");
      }
      var manifest = MAPPER.treeToValue(tree, Manifest.class);
      if (manifest == null || layout < 1) {
        throw new ArchiveException(
            archive.name() + ": " + Layout.MANIFEST + " is no manifest of bug-report");
      }
      return manifest;
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new ArchiveException(
          archive.name()
              + ": "
              + Layout.MANIFEST
              + " cannot be read: "
              + firstLine(e.getOriginalMessage()),
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
