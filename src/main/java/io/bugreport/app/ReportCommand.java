package io.bugreport.app;

import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.PageOptions;
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
import picocli.CommandLine.Mixin;
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
      "  bug-report report bug-report-prod-20261124T071200Z.tar.gz --output sarif --file"
          + " findings.sarif",
      "  bug-report report bug-report-prod-20261124T071200Z.tar.gz --open",
      "  bug-report report bug-report-prod-20261124T071200Z.tar.gz --templates ours/ --file"
          + " report.html"
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

  @Mixin private PluginFlags plugins;

  @Mixin private IdentityFlag identity;

  @Parameters(paramLabel = "ARCHIVE", description = "An archive, or its folder.")
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

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description =
          "Files of this folder stand in for the page's own of the same name: report.ftlh,"
              + " macros.ftlh, report.css, report.js, icons.svg.")
  private @Nullable Path templates;

  @Option(
      names = "--max-report-size",
      paramLabel = "SIZE",
      converter = SizeText.class,
      description =
          "How large the page may be, such as 5MB (default: 15MB). Rows of long tables are left out"
              + " for it, never findings.")
  private long mostBytes = PageOptions.STANDARD_BYTES;

  @Option(
      names = "--open",
      description =
          "Write the page to a file, beside the archive unless --file says where, and open it in a"
              + " browser.")
  private boolean open;

  @Override
  public Integer call() throws IOException {
    check();
    var catalogue = plugins.catalogue(main);
    try (var snapshot =
        Snapshot.open(archive, main.surroundings().clock().instant(), identity.identities())) {
      if (open && file == null && snapshot.archive().isSealed()) {
        throw new Failure(
            archive + " is encrypted, and its report would lie beside it in plain text",
            "Say where it may lie: --file.");
      }
      var diagnosis = new CheckRunner(snapshot).run(catalogue);
      var name = String.valueOf(archive.toAbsolutePath().normalize().getFileName());
      var report =
          Report.of(snapshot, diagnosis, catalogue, new ReportContext(name, Version.number()));
      var target = target(name);
      if (target == null) {
        var text = new ByteArrayOutputStream();
        write(report, text);
        var out = spec.commandLine().getOut();
        out.print(text.toString(StandardCharsets.UTF_8));
        out.flush();
      } else {
        try (var out = new BufferedOutputStream(Files.newOutputStream(target))) {
          write(report, out);
        }
      }
      if (open && target != null) {
        open(target);
      }
    }
    return ExitCode.DONE.number();
  }

  private void check() {
    if (mostBytes < PageOptions.LEAST_BYTES) {
      throw new Failure(
          "--max-report-size is too small for a page",
          "Give at least " + PageOptions.LEAST_BYTES / 1000 + "kB.");
    }
    if (templates != null && !Files.isDirectory(templates)) {
      throw new Failure(
          "--templates " + templates + " is not a folder",
          "Name a folder that holds the files to replace, such as report.css.");
    }
    if ((open || templates != null) && form != Form.HTML) {
      throw new Failure(
          (open ? "--open" : "--templates") + " is for the page alone", "Leave --output out.");
    }
  }

  /// Where to write; null for standard output.
  private @Nullable Path target(String name) {
    if (file != null || !open) {
      return file;
    }
    var stem = name.replaceAll("\\.(tar\\.gz|tgz|tar\\.zst|zip)$", "");
    return archive.toAbsolutePath().resolveSibling(stem + ".html");
  }

  private void open(Path page) throws IOException {
    var out = spec.commandLine().getOut();
    out.println(page);
    out.flush();
    new Browser(main.surroundings().environment()).open(page);
  }

  private void write(Report report, OutputStream out) throws IOException {
    switch (form) {
      case HTML -> report.html(out, new PageOptions(mostBytes, templates));
      case MARKDOWN -> report.markdown(out);
      case JSON -> report.findingsJson(out);
      case SARIF -> report.sarif(out);
      case JUNIT -> report.junit(out);
    }
  }
}
