package io.bugreport.app;

import io.bugreport.collector.redaction.rules.UserRules;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a user wants gone besides what is always left out.
final class RedactionRules {
  @Option(
      names = "--redaction-rules",
      paramLabel = "FILE",
      description =
          "Leave out what these rules find as well, see docs/redaction.md; try them with: bug-report"
              + " redact lint FILE.")
  private @Nullable Path file;

  /// The rules, or none where no file is named.
  ///
  /// @throws Failure when one of them cannot be used: a run that leaves out less than was asked for
  ///   must not begin
  UserRules read() throws IOException {
    if (file == null) {
      return UserRules.none();
    }
    var read = UserRules.read(file);
    if (!read.problems().isEmpty()) {
      throw new Failure(
          String.join(System.lineSeparator(), read.problems()),
          "Nothing was done. Correct the rules, and try them: bug-report redact lint " + file);
    }
    return read.rules();
  }
}
