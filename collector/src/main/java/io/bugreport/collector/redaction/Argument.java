package io.bugreport.collector.redaction;

import org.jspecify.annotations.Nullable;

/// The argument after an option such as `--password`: the next word, or the next item of a list.
final class Argument {
  private static final int LONGEST_GAP = 64;

  private Argument() {}

  static @Nullable Value after(Window window, int nameTo) {
    var quote = Value.quoteLength(window, nameTo);
    var at = window.skip(nameTo + quote, Bytes.BLANK, LONGEST_GAP);
    if (window.at(at) == ',') {
      at = window.skip(at + 1, Bytes.SPACE, LONGEST_GAP);
      var next = Value.quoteLength(window, at);
      return next == 0 || quote == 0 ? null : notOption(window, Value.quoted(window, at, next));
    }
    if (window.at(at) == '\r' || window.at(at) == '\n') {
      return item(window, window.skip(at, Bytes.SPACE, LONGEST_GAP));
    }
    if (quote > 0 || at == nameTo) {
      return null;
    }
    var next = Value.quoteLength(window, at);
    return notOption(
        window, next > 0 ? Value.quoted(window, at, next) : Value.inline(window, at, true, ""));
  }

  private static @Nullable Value item(Window window, int at) {
    if (window.at(at) != '-' || window.at(at + 1) != ' ') {
      return null;
    }
    var from = window.skip(at + 2, Bytes.BLANK, LONGEST_GAP);
    var next = Value.quoteLength(window, from);
    return notOption(
        window,
        next > 0 ? Value.quoted(window, from, next) : Value.inline(window, from, false, "'"));
  }

  private static @Nullable Value notOption(Window window, @Nullable Value value) {
    return value == null || window.at(value.from()) == '-' ? null : value;
  }
}
