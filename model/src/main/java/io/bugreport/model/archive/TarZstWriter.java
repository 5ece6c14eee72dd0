package io.bugreport.model.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.bugreport.model.seal.Recipients;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Writes a `.tar.zst`. Entries are gathered in a `.tar.gz` beside it, which loses nothing in a
/// kill and can be read meanwhile; when it is closed they are packed again, alike ones side by
/// side, into one frame that remembers the last 128 MiB.
final class TarZstWriter implements ArchiveWriter {
  private static final int LEVEL = 3;

  /// 128 MiB: the most that `zstd -d` and `tar --zstd` accept without being told.
  private static final int WINDOW_LOG = 27;

  /// Neighbours are alike: all `config_dump.json` follow one another.
  private static final Comparator<String> BY_FILE_NAME =
      Comparator.comparing((String path) -> path.substring(path.lastIndexOf('/') + 1))
          .thenComparing(Comparator.naturalOrder());

  private final Path target;
  private final String root;
  private final Instant time;
  private final TarGzWriter gathered;
  private boolean closed;

  TarZstWriter(Path target, String root, Instant time, Redaction redaction) throws IOException {
    ZstdLibrary.load();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    this.target = target;
    this.root = root;
    this.time = time;
    this.gathered = new TarGzWriter(gathering(target), root, time, redaction, Recipients.none());
  }

  /// The file that entries are gathered in.
  private static Path gathering(Path target) {
    return target.resolveSibling(target.getFileName() + ".unfinished.tar.gz");
  }

  @Override
  public String name(String path) {
    return gathered.name(path);
  }

  @Override
  public EntryStream open(String path) throws IOException {
    return gathered.open(path);
  }

  @Override
  public SequencedMap<String, String> checksums() {
    return gathered.checksums();
  }

  @Override
  public ArchiveReader written() throws IOException {
    return gathered.written();
  }

  @Override
  public Path target() {
    return target;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    gathered.close();
    pack();
    Files.delete(gathered.target());
  }

  private void pack() throws IOException {
    PrivateFiles.create(target);
    try (var source = gathered.written();
        var file = new FileOutputStream(target.toFile())) {
      var out = new ZstdOutputStreamNoFinalizer(file);
      try {
        out.setLevel(LEVEL);
        out.setLong(WINDOW_LOG);
        out.setChecksum(true);
        out.setCloseFrameOnFlush(false);
        pack(source, out);
        // Ends the frame, and closes the file with it.
        out.close();
      } catch (IOException | RuntimeException e) {
        out.close();
        throw e;
      }
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw new IOException(
          target + " cannot be written: " + e.getMessage() + "; all is in " + gathered.target(), e);
    }
  }

  private void pack(ArchiveReader source, OutputStream out) throws IOException {
    var paths = new ArrayList<>(source.paths());
    paths.sort(BY_FILE_NAME);
    for (var path : paths) {
      var size = source.size(path);
      out.write(TarHeader.of(root + "/" + path, size, time));
      try (var content = source.open(path)) {
        content.transferTo(out);
      }
      out.write(new byte[TarHeader.padding(size)]);
    }
    var index = index();
    out.write(TarHeader.of(root + "/" + Layout.INDEX, index.length, time));
    out.write(index);
    out.write(new byte[TarHeader.padding(index.length)]);
    out.write(TarHeader.end());
  }

  private byte[] index() throws IOException {
    NavigableMap<String, IndexedEntry> entries = new TreeMap<>();
    gathered
        .entries()
        .forEach(
            (path, e) ->
                entries.put(path, new IndexedEntry(path, null, null, null, e.size(), e.sha256())));
    var bytes = new ByteArrayOutputStream();
    ArchiveIndex.of(root, entries).write(bytes);
    return bytes.toByteArray();
  }
}
