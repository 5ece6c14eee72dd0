package io.bugreport.collector.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The password in `scheme://user:password@host`, or a token alone in its place. The user stays.
final class UrlPassword implements Rule {
  private static final int LONGEST = 2048;
  private static final Bytes USERINFO = Bytes.of("!#$%&()*+,.0-9:;=?@A-Z[]^_a-z{|}~-");
  private static final Bytes USER = Bytes.of("a-zA-Z0-9._~%+$!&*,;=-");

  @Override
  public String name() {
    return "url-password";
  }

  @Override
  public List<String> triggers() {
    return List.of("://");
  }

  @Override
  public @Nullable Span find(Window window, int from, int to) {
    var end = window.skip(to, USERINFO, LONGEST);
    var host = end;
    while (host > to && window.at(host - 1) != '@') {
      host--;
    }
    if (host == to) {
      return null;
    }
    var userTo = window.skip(to, USER, LONGEST);
    if (window.at(userTo) == ':' && userTo < host - 1) {
      return password(window, userTo + 1, host - 1);
    }
    var user = window.text(to, host - 1);
    return userTo == host - 1 && user.length() >= 16 && Harmless.looksRandom(user)
        ? Span.of(to, host - 1, Marker.PLAIN)
        : null;
  }

  static @Nullable Span password(Window window, int from, int to) {
    if (from >= to) {
      return null;
    }
    return Harmless.is(window.text(from, to), Secrecy.PASSWORD, "")
        ? null
        : Span.of(from, to, Marker.PLAIN);
  }
}
