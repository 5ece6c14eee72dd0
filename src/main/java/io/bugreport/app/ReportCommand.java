package io.bugreport.app;

import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.Report;
import io.bugreport.report.view.ReportContext;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Renders the report of an archive again, with the checks of this version.
@Command(
    name = "report",
    header = "Check an archive and render its report, in any of its forms.",
    footer = {
      "",
      "Examples:",
      "  bug-report report bug-report-prod-20261124T071200Z.tar.gz > report.html",
      "  bug-report report bug-report-prod-20261124T071200Z.tar.gz --output markdown",
      "  bug-report report bug-report-prod-20261124T071200Z.tar.gz --output sarif --file findings.sarif"
    })
final class ReportCommand implements Callable<Integer> {

  /// The forms that a report has.
  enum Form {
    HTML,
    MARKDOWN,
    JSON,
    SARIF,
    JUNIT
  }

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(paramLabel = "ARCHIVE", description = "A .tar.gz, or its folder.")
  private Path archive;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "html (default), markdown, json, sarif or junit.")
  private Form form = Form.HTML;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write here rather than to standard output.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    try (var snapshot = Snapshot.open(archive, main.surroundings().clock().instant())) {
      var diagnosis = new CheckRunner(snapshot).run(main.catalogue());
      var name = String.valueOf(archive.toAbsolutePath().normalize().getFileName());
      var report =
          Report.of(
              snapshot, diagnosis, main.catalogue(), new ReportContext(name, Version.number()));
      if (file == null) {
        var text = new ByteArrayOutputStream();
        write(report, text);
        var out = spec.commandLine().getOut();
        out.print(text.toString(StandardCharsets.UTF_8));
        out.flush();
      } else {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
          write(report, out);
        }
      }
    }
    return ExitCode.DONE.number();
  }

  private void write(Report report, OutputStream out) throws IOException {
    switch (form) {
      case HTML -> report.html(out);
      case MARKDOWN -> report.markdown(out);
      case JSON -> report.findingsJson(out);
      case SARIF -> report.sarif(out);
      case JUNIT -> report.junit(out);
    }
  }
}
