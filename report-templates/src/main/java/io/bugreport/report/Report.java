package io.bugreport.report;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.MeshGraph;
import io.bugreport.report.view.Cause;
import io.bugreport.report.view.ReportContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What checks conclude about a snapshot, in every form there is. Nothing here reads a clock, a
/// network or a locale: the same snapshot and diagnosis give the same bytes.
///
/// Streams are flushed and stay open.
public final class Report {
  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final CheckCatalogue catalogue;
  private final ReportContext context;
  private @Nullable MeshGraph graph;

  private Report(
      Snapshot snapshot, Diagnosis diagnosis, CheckCatalogue catalogue, ReportContext context) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.catalogue = catalogue;
    this.context = context;
  }

  /// A report about a snapshot.
  ///
  /// @param snapshot must stay open for as long as the report is used
  /// @param catalogue the checks that made the diagnosis; their pages say why a finding matters
  public static Report of(
      Snapshot snapshot, Diagnosis diagnosis, CheckCatalogue catalogue, ReportContext context) {
    return new Report(snapshot, diagnosis, catalogue, context);
  }

  /// The page that people open: one file that loads nothing.
  public void html(OutputStream out) throws IOException {
    html(out, PageOptions.standard());
  }

  /// The page in another size, or made with templates of the user's own.
  public void html(OutputStream out, PageOptions options) throws IOException {
    new HtmlReport(snapshot, diagnosis, catalogue, graph(), context, options).write(out);
  }

  /// `findings.json`: the contract with scripts.
  public void findingsJson(OutputStream out) throws IOException {
    new FindingsJson(snapshot, diagnosis, context).write(out);
  }

  /// SARIF 2.1.0, which code hosts show beside the lines that it names.
  public void sarif(OutputStream out) throws IOException {
    new Sarif(snapshot, diagnosis, catalogue, context).write(out);
  }

  /// JUnit XML, which build servers show: one case for each check.
  public void junit(OutputStream out) throws IOException {
    new JUnitXml(snapshot, diagnosis, catalogue).write(out);
  }

  /// `ticket.md`: what a person pastes into a ticket, under 4,000 characters.
  public void markdown(OutputStream out) throws IOException {
    new Ticket(snapshot, diagnosis, causes(), context).write(out);
  }

  /// At most twenty lines for a terminal, in the page's order.
  ///
  /// @param colour whether to mark severities with ANSI escape sequences
  /// @param width how many characters a line may have; messages are cut to it
  public String console(boolean colour, int width) {
    return new ConsoleSummary(snapshot, diagnosis, causes(), colour, width).text();
  }

  private List<Cause> causes() {
    return Cause.of(diagnosis, graph());
  }

  private synchronized MeshGraph graph() {
    var known = graph;
    if (known == null) {
      known = MeshGraph.of(snapshot);
      graph = known;
    }
    return known;
  }
}
