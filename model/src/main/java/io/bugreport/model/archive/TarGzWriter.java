package io.bugreport.model.archive;

import io.bugreport.model.seal.Recipients;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Writes a `.tar.gz` whose every entry is two gzip members: its tar header, and its content.
/// Entries are compressed by the threads that write them; only appending a finished one is serial.
final class TarGzWriter implements ArchiveWriter {
  /// Two thirds of level 6's time for nine percent more bytes, on proxies' dumps.
  private static final int LEVEL = 4;

  private final Path target;
  private final String root;
  private final Instant time;
  private final Redaction redaction;

  private final ArchiveFile file;
  private final boolean sealed;

  private final SpillFolder spills;
  private final Set<String> names = new HashSet<>();
  private final TreeMap<String, IndexedEntry> committed = new TreeMap<>();
  private long end;
  private volatile boolean closed;

  TarGzWriter(Path target, String root, Instant time, Redaction redaction, Recipients recipients)
      throws IOException {
    this.target = target;
    this.root = root;
    this.time = time;
    this.redaction = redaction;
    var parent = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file's folder");
    Files.createDirectories(parent);
    this.sealed = !recipients.isEmpty();
    this.file = ArchiveFile.create(target, recipients);
    this.spills = SpillFolder.in(parent);
  }

  @Override
  public String name(String path) {
    return redaction.name(path);
  }

  @Override
  public EntryStream open(String asked) throws IOException {
    ArchiveLimits.standard().checked(asked);
    var path = name(asked);
    if (path.equals(Layout.INDEX)) {
      throw new ArchiveException(Layout.INDEX + " is written when the archive is closed");
    }
    synchronized (this) {
      refuseWhenClosed(path);
      if (!names.add(path)) {
        throw new FileAlreadyExistsException(path);
      }
    }
    var content = new Content(path);
    return new EntryStream(redaction.redact(path, content), content::discard);
  }

  /// What was committed so far, by path.
  synchronized NavigableMap<String, IndexedEntry> entries() {
    return new TreeMap<>(committed);
  }

  private synchronized void commit(String path, ContentMember content, String sha256)
      throws IOException {
    refuseWhenClosed(path);
    committed.put(path, append(path, content, sha256));
  }

  private IndexedEntry append(String path, ContentMember content, String sha256)
      throws IOException {
    var header = member(TarHeader.of(root + "/" + path, content.size(), time), content.length());
    var at = end;
    var contentAt = at + header.length;
    try {
      file.out().write(header);
      content.copyTo(file.out());
    } catch (IOException e) {
      file.cutTo(end);
      throw e;
    }
    end = contentAt + content.length();
    return new IndexedEntry(path, at, contentAt, content.length(), content.size(), sha256);
  }

  private void refuseWhenClosed(String path) throws IOException {
    if (closed) {
      throw new IOException("the archive is closed; " + path + " came too late");
    }
  }

  private static byte[] member(byte[] content, long announced) {
    return member(GzipMember.headerAnnouncing(announced), content);
  }

  private static byte[] member(byte[] header, byte[] content) {
    var out = new ByteArrayOutputStream(256);
    out.writeBytes(header);
    var deflater = new Deflater(LEVEL, true);
    try (var deflate = new DeflaterOutputStream(out, deflater)) {
      deflate.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      deflater.end();
    }
    var crc = new CRC32();
    crc.update(content);
    out.writeBytes(GzipMember.trailer(crc.getValue(), content.length));
    return out.toByteArray();
  }

  @Override
  public SequencedMap<String, String> checksums() {
    return ArchiveIndex.checksums(entries());
  }

  @Override
  public synchronized ArchiveReader written() throws IOException {
    return TarGzReader.of(target, file.written(), committed.values());
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
    try (file) {
      var indexAt = end;
      writeIndex();
      file.out().write(member(GzipMember.headerPointing(indexAt), TarHeader.end()));
    } finally {
      spills.close();
    }
  }

  private void writeIndex() throws IOException {
    var content = new ContentMember(spills.path(), sealed, LEVEL);
    try {
      var buffered = new BufferedOutputStream(content, 1 << 13);
      ArchiveIndex.of(root, committed).write(buffered);
      buffered.flush();
      var sha256 = content.finish();
      append(Layout.INDEX, content, sha256);
    } finally {
      content.discard();
    }
  }

  /// Commits an entry when it is closed.
  private final class Content extends OutputStream {
    private final String path;
    private final ContentMember member = new ContentMember(spills.path(), sealed, LEVEL);
    private boolean done;

    Content(String path) throws IOException {
      this.path = path;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      refuseWhenClosed(path);
      member.write(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (done) {
        return;
      }
      done = true;
      try {
        refuseWhenClosed(path);
        var sha256 = member.finish();
        commit(path, member, sha256);
      } finally {
        member.discard();
      }
    }

    void discard() throws IOException {
      if (!done) {
        done = true;
        member.discard();
      }
    }
  }
}
