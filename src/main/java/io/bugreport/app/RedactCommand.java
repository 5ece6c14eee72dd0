package io.bugreport.app;

import io.bugreport.app.collect.SecondPass;
import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.collector.leak.LeakScan;
import io.bugreport.collector.redaction.Redactor;
import io.bugreport.model.archive.ArchiveLimits;
import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.PrivateFiles;
import io.bugreport.model.snapshot.Manifest.Leak;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Redacts an archive again with the rules of this version, or looks for what leaks from it.
@Command(
    name = "redact",
    subcommands = RedactLintCommand.class,
    header = "Redact an archive again, or look for secrets in it.",
    description = {
      "Writes a second archive beside the first, with everything left out that the rules of this",
      "version know; the first stays as it is. Then, or alone with --scan, other detectors than",
      "those look for what is left."
    },
    footer = {
      "",
      "Examples:",
      "  bug-report redact bug-report-prod-20261124T071200Z.tar.gz",
      "  bug-report redact --scan bug-report-prod-20261124T071200Z.tar.gz",
      "  bug-report redact --redaction-rules ours.yaml bug-report-prod-20261124T071200Z.tar.gz",
      "  bug-report redact --preview preview.html --redaction-rules ours.yaml"
          + " bug-report-prod-20261124T071200Z.tar.gz"
    })
final class RedactCommand implements Callable<Integer> {
  private static final int MOST_LINES = 50;

  @Spec private CommandSpec spec;

  @Mixin private RedactionRules rules = new RedactionRules();

  @Parameters(paramLabel = "ARCHIVE", arity = "0..1", description = "An archive, or its folder.")
  private @Nullable Path named;

  @Mixin private IdentityFlag identity;

  @Option(
      names = "--scan",
      description =
          "Change nothing; list what looks like a secret, and end with 1 if anything does.")
  private boolean scan;

  @Option(
      names = "--preview",
      paramLabel = "PAGE",
      description =
          "Change nothing; write a page that says what each rule would replace, without the values.")
  private @Nullable Path preview;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Where the second archive is made (default: beside the first).")
  private @Nullable Path outputDir;

  @Override
  public Integer call() throws IOException {
    var archive = archive();
    try (var reader =
        ArchiveReader.open(archive, ArchiveLimits.standard(), identity.identities())) {
      if (!scan && reader.isSealed()) {
        throw new Failure(
            archive + " is encrypted, and what is made of it would lie in plain text",
            "Look for secrets with --scan, or decrypt it yourself: age -d");
      }
      if (preview != null) {
        return preview(reader, archive, preview).number();
      }
      if (!scan) {
        return redact(reader, archive).number();
      }
      var leaks = new LeakScan().of(reader);
      tell(leaks, archive);
      if (!reader.isComplete()) {
        throw new Failure(
            ExitCode.INCOMPLETE,
            archive + " was cut off, so its end was not scanned",
            "Scan an archive that was written to its end.");
      }
      return code(leaks).number();
    }
  }

  private Path archive() {
    if (named == null) {
      throw new Failure("no archive is named", "Name one: bug-report redact ARCHIVE.");
    }
    return named;
  }

  private ExitCode preview(ArchiveReader reader, Path archive, Path page) throws IOException {
    var seen = new RedactionPreview();
    new SecondPass(reader, archive, new Redactor(rules.read(), seen)).tryOut();
    var html = seen.html(String.valueOf(archive.getFileName()));
    try {
      PrivateFiles.copy(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)), page);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(page + " exists already", "Name another file for the page.");
    }
    var out = spec.commandLine().getOut();
    out.println(seen.values() + " values would be replaced.");
    out.println("Preview: " + page);
    out.flush();
    return ExitCode.DONE;
  }

  private ExitCode redact(ArchiveReader reader, Path archive) throws IOException {
    var pass = new SecondPass(reader, archive, new Redactor(rules.read(), null));
    try {
      var made = pass.write(outputDir == null ? pass.folder() : outputDir);
      var out = spec.commandLine().getOut();
      pass.counts().forEach((rule, count) -> out.printf("%8d  %s%n", count, rule));
      out.println(
          pass.counts().isEmpty() ? "Nothing more was found to redact." : "were redacted now.");
      try (var second = ArchiveReader.open(made)) {
        var leaks = new LeakScan().of(second);
        tell(leaks, made);
        out.println("Archive: " + made);
        out.flush();
        return code(leaks);
      }
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          e.getFile() + " exists already", "Move it away, or name another folder: --output-dir.");
    }
  }

  private static ExitCode code(List<Leak> leaks) {
    return leaks.isEmpty() ? ExitCode.DONE : ExitCode.FINDING;
  }

  private void tell(List<Leak> leaks, Path where) {
    var out = spec.commandLine().getOut();
    leaks.stream()
        .limit(MOST_LINES)
        .forEach(l -> out.println(l.path() + ":" + l.line() + ": " + l.detector()));
    if (leaks.size() > MOST_LINES) {
      out.println("and " + (leaks.size() - MOST_LINES) + " more");
    }
    out.println(
        leaks.isEmpty()
            ? "The scan sees no secret in " + where + "."
            : leaks.size() + " places in " + where + " look like a secret: do not attach it yet.");
    out.flush();
  }
}
