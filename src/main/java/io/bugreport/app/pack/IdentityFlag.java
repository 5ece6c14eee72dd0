package io.bugreport.app.pack;

import io.bugreport.model.seal.Identities;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What opens an encrypted archive.
public final class IdentityFlag {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "The private key of age that opens an encrypted archive.")
  private @Nullable Path file;

  /// Reads it.
  ///
  /// @return none where no file is named
  public Identities identities() throws IOException {
    return file == null ? Identities.none() : Identities.read(file);
  }
}
