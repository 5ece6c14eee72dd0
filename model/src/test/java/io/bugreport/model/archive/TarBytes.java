package io.bugreport.model.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A tar file as another program might write it, hostile ones included.
final class TarBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

  TarBytes() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  TarBytes file(String name, byte[] content) throws IOException {
    // A name as it is: the library would take a leading slash away.
    var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  /// The name of the next entry, as GNU tar writes long ones. The library itself takes a time for
  /// them that grows with the square of their length.
  TarBytes longName(String name) throws IOException {
    var content = name.getBytes(StandardCharsets.US_ASCII);
    var entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  TarBytes special(String name, byte type, String link) throws IOException {
    var entry = new TarArchiveEntry(name, type);
    entry.setLinkName(link);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  TarBytes raw(byte[] block) throws IOException {
    tar.flush();
    bytes.write(block);
    return this;
  }

  byte[] end() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
