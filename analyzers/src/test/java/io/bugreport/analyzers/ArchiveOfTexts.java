package io.bugreport.analyzers;

import io.bugreport.model.archive.ArchiveReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/// An archive whose entries are the texts of a fixture.
final class ArchiveOfTexts implements ArchiveReader {
  private final TreeMap<String, String> texts;

  ArchiveOfTexts(Map<String, String> texts) {
    this.texts = new TreeMap<>(texts);
  }

  @Override
  public SequencedSet<String> paths() {
    return texts.navigableKeySet();
  }

  @Override
  public long size(String path) throws NoSuchFileException {
    return bytes(path).length;
  }

  @Override
  public InputStream open(String path) throws NoSuchFileException {
    return new ByteArrayInputStream(bytes(path));
  }

  private byte[] bytes(String path) throws NoSuchFileException {
    var text = texts.get(path);
    if (text == null) {
      throw new NoSuchFileException(path);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "fixture";
  }

  @Override
  public void close() {
    // nothing is held
  }
}
