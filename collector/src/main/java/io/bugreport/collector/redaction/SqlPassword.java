package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The password in a statement such as `CREATE USER x IDENTIFIED BY '…'`.
final class SqlPassword implements Rule {
  @Override
  public String name() {
    return "password";
  }

  @Override
  public List<String> triggers() {
    return List.of("identified by ", " password '", " password \"");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var quote = window.at(to - 1) == '\'' || window.at(to - 1) == '"' ? to - 1 : to;
    var length = Value.quoteLength(window, quote);
    var value = length == 0 ? null : Value.quoted(window, quote, length);
    if (value == null || Marker.is(value.text(window))) {
      return null;
    }
    return value.redacted(Marker.PLAIN);
  }
}
