package io.bugreport.app;

import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.model.archive.ArchiveLimits;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.SignedChecksums;
import io.bugreport.model.archive.Verification;
import io.bugreport.model.archive.Verification.Difference;
import io.bugreport.model.seal.VerifyingKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says whether archives are as they were written.
@Command(
    name = "verify",
    header = "Hold every byte of an archive against its checksums.",
    exitCodeList = {
      "0:every entry is as it was written",
      "1:something differs, or there is no index to hold it against",
      "2:the command line or a file named in it cannot be used",
      "70:a bug in this program"
    },
    footer = {
      "",
      "Examples:",
      "  bug-report verify bug-report-prod-20261124T071200Z.tar.gz",
      "  bug-report verify --key support.pub bug-report-prod-20261124T071200Z.tar.gz"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Archives, or their folders.")
  private List<Path> archives = new ArrayList<>();

  @Mixin private IdentityFlag identity;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "A public key of minisign or OpenSSH, or allowed_signers: every file must be signed by"
              + " it.")
  private @Nullable Path key;

  @Override
  public Integer call() throws IOException {
    var trusted = key == null ? null : VerifyingKey.read(key);
    var out = spec.commandLine().getOut();
    var good = true;
    for (var archive : archives) {
      good &= verify(archive, trusted, out);
    }
    out.flush();
    return (good ? ExitCode.DONE : ExitCode.FINDING).number();
  }

  private boolean verify(Path archive, @Nullable VerifyingKey trusted, PrintWriter out)
      throws IOException {
    try (var reader =
        ArchiveReader.open(archive, ArchiveLimits.standard(), identity.identities())) {
      var verification = Verification.of(reader);
      List<Difference> differences = new ArrayList<>(verification.differences());
      if (trusted != null) {
        differences.addAll(SignedChecksums.differences(reader, trusted));
      }
      for (var difference : differences) {
        var subject = difference.path().isEmpty() ? "" : " " + Printable.text(difference.path());
        out.println(archive + ":" + subject + " " + Printable.text(difference.what()));
      }
      if (differences.isEmpty()) {
        out.println(
            archive
                + ": "
                + verification.entries()
                + " entries are as they were written; digest sha256:"
                + verification.digest()
                + (trusted == null ? "" : "; signed by " + key));
        return true;
      }
      out.println(
          archive
              + ": not as it was written; "
              + verification.entries()
              + " entries are. What can be read is saved by: bug-report repair "
              + archive);
      return false;
    }
  }
}
