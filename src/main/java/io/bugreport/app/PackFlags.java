package io.bugreport.app;

import io.bugreport.app.pack.Packing;
import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.Parts;
import io.bugreport.model.seal.Recipients;
import io.bugreport.model.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How large an archive may be, who can read it, and who vouches for it.
final class PackFlags {
  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description =
          "At most this many bytes, such as 25MB. What is least important is left out: kept first is"
              + " what findings rest on, then errors, then the control plane.")
  @Nullable Long maxSize;

  @Option(
      names = "--split",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description = "Parts of this size, NAME.tar.gz.001 and so on, which cat joins.")
  @Nullable Long split;

  @Option(
      names = "--sign",
      paramLabel = "KEYFILE",
      description = "Sign it with an Ed25519 key of OpenSSH or minisign that has no passphrase.")
  @Nullable Path sign;

  @Option(
      names = "--encrypt-to",
      paramLabel = "RECIPIENT",
      description =
          "Encrypt it to a public key of age (age1…), or to all of a file; may be given again.")
  List<String> encryptTo = new ArrayList<>();

  /// @throws Failure when the flags do not go together
  Packing packing(ArchiveFormat format) throws IOException {
    if (format == ArchiveFormat.DIRECTORY && (maxSize != null || split != null)) {
      throw new Failure(
          (maxSize != null ? "--max-size" : "--split") + " is for archives that are one file",
          "Use --format tar.gz or tar.zst.");
    }
    if (format != ArchiveFormat.TAR_GZ && !encryptTo.isEmpty()) {
      throw new Failure(
          "--encrypt-to is for tar.gz alone: other formats would lie in plain text somewhere",
          "Use --format tar.gz.");
    }
    return new Packing(
        format,
        maxSize == null ? Long.MAX_VALUE : maxSize,
        encryptTo.isEmpty() ? Recipients.none() : Recipients.of(encryptTo),
        sign == null ? null : SigningKey.read(sign));
  }

  /// Cuts an archive into parts, where that was asked for.
  ///
  /// @return what there is now
  List<Path> split(Path archive) throws IOException {
    return split == null ? List.of(archive) : Parts.split(archive, split);
  }
}
