package io.bugreport.report;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a page is made.
///
/// @param mostBytes how large it may be; findings are never cut for it
/// @param templates a folder whose files stand in for ours of the same name; null for none
public record PageOptions(long mostBytes, @Nullable Path templates) {
  /// What fits into mail and most ticket systems.
  public static final long STANDARD_BYTES = 15_000_000;

  /// The smallest page that makes sense.
  public static final long LEAST_BYTES = 200_000;

  public PageOptions {
    if (mostBytes < LEAST_BYTES) {
      throw new IllegalArgumentException("a page has at least " + LEAST_BYTES + " bytes");
    }
  }

  /// As they are when nobody asks for anything else.
  public static PageOptions standard() {
    return new PageOptions(STANDARD_BYTES, null);
  }
}
