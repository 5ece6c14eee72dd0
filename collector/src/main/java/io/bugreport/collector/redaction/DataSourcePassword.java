package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The password in a Go data source name, `user:password@tcp(host)/database`.
final class DataSourcePassword implements Rule {
  private static final int LONGEST = 512;
  private static final Bytes PASSWORD = Bytes.of("!#$%&()*+,.0-9;=?A-Z[]^_a-z{|}~:@-");

  @Override
  public String name() {
    return "url-password";
  }

  @Override
  public List<String> triggers() {
    return List.of("@tcp(", "@unix(", "@tcp6(");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var start = window.skipBack(from, PASSWORD, LONGEST);
    for (var i = start; i < from; i++) {
      if (window.at(i) == ':') {
        return UrlPassword.password(window, i + 1, from);
      }
    }
    return null;
  }
}
