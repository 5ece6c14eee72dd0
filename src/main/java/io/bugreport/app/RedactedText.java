package io.bugreport.app;

import io.bugreport.collector.redaction.Redactor;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/// Text for people, without the secrets in it: names of objects and messages of servers stand in
/// what is told of a run and of its errors. What is written between two flushes is looked at as a
/// whole.
final class RedactedText extends Writer {
  private final Writer out;
  private final StringBuilder held = new StringBuilder();

  /// Made when there is something to say.
  private @Nullable Redactor redactor;

  RedactedText(Writer out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    held.append(text, offset, length);
  }

  @Override
  public void flush() throws IOException {
    if (!held.isEmpty()) {
      var text = held.toString();
      held.setLength(0);
      if (redactor == null) {
        redactor = new Redactor();
      }
      out.write(redactor.text(text));
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
