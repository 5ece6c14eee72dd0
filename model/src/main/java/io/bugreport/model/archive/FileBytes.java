package io.bugreport.model.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// A file. It is no channel: an interrupt of one reading thread would close that for all others.
final class FileBytes extends StoredBytes {
  private final RandomAccessFile file;

  FileBytes(Path source) throws IOException {
    this.file = new RandomAccessFile(source.toFile(), "r");
  }

  @Override
  long size() throws IOException {
    return file.length();
  }

  @Override
  synchronized int read(long at, byte[] buffer, int offset, int length) throws IOException {
    file.seek(at);
    return file.read(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
