package io.bugreport.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.MeshGraph;
import io.bugreport.report.view.Html;
import io.bugreport.report.view.Link;
import io.bugreport.report.view.Page;
import io.bugreport.report.view.ReportContext;
import io.bugreport.report.view.Tone;
import io.bugreport.report.view.Visible;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// Renders the page: one template, one style and one script in one file. Its
/// Content-Security-Policy names the two by hash, so whatever else a mesh smuggles in does not run.
final class HtmlReport {
  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final CheckCatalogue catalogue;
  private final MeshGraph graph;
  private final ReportContext context;

  HtmlReport(
      Snapshot snapshot,
      Diagnosis diagnosis,
      CheckCatalogue catalogue,
      MeshGraph graph,
      ReportContext context) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.catalogue = catalogue;
    this.graph = graph;
    this.context = context;
  }

  void write(OutputStream out) throws IOException {
    var page = Page.of(snapshot, diagnosis, catalogue, graph, context);
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try {
      template()
          .process(
              Map.of(
                  "page", page,
                  "unseen", Tone.UNKNOWN,
                  "coverageLink", Link.to("coverage"),
                  "style", Asset.load("report.css"),
                  "script", Asset.load("report.js"),
                  "icons", Asset.load("icons.svg")),
              writer);
    } catch (TemplateException e) {
      throw new IllegalStateException("the template does not fit its view: " + e.getMessage(), e);
    }
    writer.flush();
  }

  private static Template template() throws IOException {
    var configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(HtmlReport.class, "");
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setObjectWrapper(new Wrapper());
    return configuration.getTemplate("report.ftlh");
  }

  /// The one way from a view to a template: every text passes [Visible], and only [Html] and the
  /// page's own files are not escaped.
  private static final class Wrapper extends DefaultObjectWrapper {
    Wrapper() {
      super(Configuration.VERSION_2_3_34);
    }

    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
      return switch (value) {
        case String text -> new SimpleScalar(Visible.text(text));
        case Html html -> HTMLOutputFormat.INSTANCE.fromMarkup(html.source());
        case null, default -> super.wrap(value);
      };
    }
  }
}
