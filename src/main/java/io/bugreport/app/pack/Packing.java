package io.bugreport.app.pack;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.seal.Recipients;
import io.bugreport.model.seal.SigningKey;
import org.jspecify.annotations.Nullable;

/// How an archive is packed.
///
/// @param format the container
/// @param limit at most this many bytes; [Long#MAX_VALUE] where it may be of any size
/// @param recipients who can read it; none where everybody can
/// @param key what signs it; null where nobody does
public record Packing(
    ArchiveFormat format, long limit, Recipients recipients, @Nullable SigningKey key) {

  public Packing {
    if (limit < 1) {
      throw new IllegalArgumentException("no size: " + limit);
    }
  }

  /// As it comes.
  public static Packing plain(ArchiveFormat format) {
    return new Packing(format, Long.MAX_VALUE, Recipients.none(), null);
  }

  /// Whether there is a limit.
  public boolean isLimited() {
    return limit < Long.MAX_VALUE;
  }

  /// What follows the archive's root name in its file name.
  public String suffix() {
    return format.suffix() + (recipients.isEmpty() ? "" : ".age");
  }
}
