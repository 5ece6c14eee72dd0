package io.bugreport.report.view;

import java.util.Locale;
import java.util.Optional;

/// A link that is safe to follow: within the page, or to a web site.
///
/// @param href begins with `#`, `http://` or `https://`
public record Link(String href) {

  public Link {
    if (!isSafe(href)) {
      throw new IllegalArgumentException("not a link that a report may hold: " + href);
    }
  }

  /// A link to a place in the page.
  public static Link to(String anchor) {
    return new Link("#" + anchor);
  }

  /// Reads a link of a text.
  ///
  /// @return empty where following it could do more than open a page
  public static Optional<Link> parse(String href) {
    return isSafe(href) ? Optional.of(new Link(href)) : Optional.empty();
  }

  private static boolean isSafe(String href) {
    var lower = href.toLowerCase(Locale.ROOT);
    return lower.startsWith("#") || lower.startsWith("https://") || lower.startsWith("http://");
  }
}
