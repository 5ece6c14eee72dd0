package io.bugreport.model.archive;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
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

  /// Not a channel: an interrupt of one writing thread would close that, and lose the archive. It
  /// appends, so it goes on at the end after a cut as well.
  private final FileOutputStream file;

  private final Path spills;
  private final Set<String> names = new HashSet<>();
  private final TreeMap<String, TarGzReader.Entry> committed = new TreeMap<>();
  private long end;
  private volatile boolean closed;

  TarGzWriter(Path target, String root, Instant time, Redaction redaction) throws IOException {
    this.target = target;
    this.root = root;
    this.time = time;
    this.redaction = redaction;
    var parent = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file's folder");
    Files.createDirectories(parent);
    PrivateFiles.create(target);
    // Beside the archive: the system's temporary folder is often memory.
    this.spills = Files.createTempDirectory(parent, ".bug-report-");
    this.file = new FileOutputStream(target.toFile(), true);
  }

  @Override
  public EntryStream open(String path) throws IOException {
    ArchiveLimits.standard().checked(path);
    synchronized (this) {
      refuseWhenClosed(path);
      if (!names.add(path)) {
        throw new FileAlreadyExistsException(path);
      }
    }
    var content = new Content(path);
    return new EntryStream(redaction.redact(path, content), content::discard);
  }

  private synchronized void commit(String path, Spill content, long size) throws IOException {
    refuseWhenClosed(path);
    var header = member(TarHeader.of(root + "/" + path, size, time), content.length());
    var contentAt = end + header.length;
    try {
      file.write(header);
      content.copyTo(file);
    } catch (IOException e) {
      // A full disk must not leave half an entry in front of the next one.
      cutTo(end);
      throw e;
    }
    committed.put(path, new TarGzReader.Entry(contentAt, content.length(), size));
    end = contentAt + content.length();
  }

  private void refuseWhenClosed(String path) throws IOException {
    if (closed) {
      throw new IOException("the archive is closed; " + path + " came too late");
    }
  }

  private void cutTo(long length) throws IOException {
    try (var whole = new RandomAccessFile(target.toFile(), "rw")) {
      whole.setLength(length);
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
  public synchronized ArchiveReader written() throws IOException {
    return TarGzReader.of(target, new TreeMap<>(committed));
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
      file.write(member(GzipMember.header(), TarHeader.end()));
      file.getFD().sync();
    } finally {
      removeSpills();
    }
  }

  private void removeSpills() throws IOException {
    try (var left = Files.list(spills)) {
      for (var spill : left.toList()) {
        Files.deleteIfExists(spill);
      }
    }
    Files.deleteIfExists(spills);
  }

  /// One entry's content on its way into a gzip member.
  private final class Content extends OutputStream {
    private final String path;
    private final Spill spill = new Spill(spills);
    private final CRC32 crc = new CRC32();
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final DeflaterOutputStream deflate;
    private long size;
    private boolean done;

    Content(String path) throws IOException {
      this.path = path;
      spill.write(GzipMember.header());
      this.deflate = new DeflaterOutputStream(spill, deflater, 1 << 13);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      refuseWhenClosed(path);
      deflate.write(buffer, offset, length);
      crc.update(buffer, offset, length);
      size += length;
    }

    @Override
    public void close() throws IOException {
      if (done) {
        return;
      }
      done = true;
      try {
        refuseWhenClosed(path);
        var padding = new byte[TarHeader.padding(size)];
        deflate.write(padding);
        crc.update(padding);
        deflate.finish();
        spill.write(GzipMember.trailer(crc.getValue(), size + padding.length));
        commit(path, spill, size);
      } finally {
        release();
      }
    }

    void discard() throws IOException {
      if (!done) {
        done = true;
        release();
      }
    }

    private void release() throws IOException {
      deflater.end();
      spill.discard();
    }
  }
}
