package io.bugreport.collector.redaction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A set of rules, ready to run. For many threads.
final class Scan {
  private final List<Rule> rules;
  private final Anchors anchors;

  Scan(List<? extends Rule> rules) {
    this.rules = List.copyOf(rules);
    this.anchors = new Anchors(rules.stream().map(Rule::triggers).toList());
  }

  OutputStream stream(boolean document, Tally.Entry tally, OutputStream out) {
    return new RedactingStream(anchors, rules, document, tally, out);
  }

  /// A short text without its secrets.
  String redacted(String text) {
    var out = new ByteArrayOutputStream();
    try (var stream = stream(false, new Tally().entry(""), out)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("A stream to memory failed", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Whether a short text holds a secret.
  boolean finds(String text) {
    var tally = new Tally();
    try (var stream = stream(true, tally.entry(""), OutputStream.nullOutputStream())) {
      new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)).transferTo(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("A stream to nowhere failed", e);
    }
    return !tally.counts().isEmpty();
  }
}
