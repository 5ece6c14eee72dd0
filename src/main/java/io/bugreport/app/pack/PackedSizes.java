package io.bugreport.app.pack;

import io.bugreport.model.archive.ArchiveReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// How many bytes each file of an archive takes, packed and not.
///
/// @param packed about how many bytes it takes in a `.tar.gz`, by path
/// @param plain how many it has, by path
record PackedSizes(Map<String, Long> packed, Map<String, Long> plain) {
  private static final int LEVEL = 4;
  private static final int HEADER = 200;

  /// Asks the archive where it knows, and measures where it does not.
  static PackedSizes of(ArchiveReader archive) throws IOException {
    Map<String, Long> packed = new TreeMap<>();
    Map<String, Long> plain = new TreeMap<>();
    for (var path : archive.paths()) {
      var known = archive.packedSize(path);
      packed.put(path, known.isPresent() ? known.getAsLong() : measured(archive, path));
      plain.put(path, archive.size(path));
    }
    return new PackedSizes(packed, plain);
  }

  private static long measured(ArchiveReader archive, String path) throws IOException {
    var deflater = new Deflater(LEVEL, true);
    try (var in = archive.open(path);
        var out = new DeflaterOutputStream(OutputStream.nullOutputStream(), deflater, 1 << 13)) {
      in.transferTo(out);
      out.finish();
      return deflater.getBytesWritten() + HEADER;
    } finally {
      deflater.end();
    }
  }
}
