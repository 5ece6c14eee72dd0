package io.bugreport.report;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
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
import io.bugreport.report.view.Table;
import io.bugreport.report.view.Tone;
import io.bugreport.report.view.Visible;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// Renders the page: one template, one style and one script in one file. Its
/// Content-Security-Policy names the two by hash, so whatever else a mesh smuggles in does not run.
final class HtmlReport {
  /// How many rows of a table are HTML: fewer where the page would be too large.
  private static final List<Integer> LIMITS = List.of(Table.LIMIT, 100, 20);

  /// For what the page says about its own size.
  private static final int RESERVE = 20_000;

  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final CheckCatalogue catalogue;
  private final MeshGraph graph;
  private final ReportContext context;
  private final PageOptions options;

  HtmlReport(
      Snapshot snapshot,
      Diagnosis diagnosis,
      CheckCatalogue catalogue,
      MeshGraph graph,
      ReportContext context,
      PageOptions options) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.catalogue = catalogue;
    this.graph = graph;
    this.context = context;
    this.options = options;
  }

  void write(OutputStream out) throws IOException {
    var page = Page.of(snapshot, diagnosis, catalogue, graph, context);
    var template = template();
    var buffer = new ByteArrayOutputStream();
    var size = Size.of(Table.LIMIT, options.mostBytes(), page.tables());
    for (var limit : LIMITS) {
      size = Size.of(limit, options.mostBytes(), page.tables());
      buffer.reset();
      write(template, page, size, buffer);
      if (buffer.size() <= options.mostBytes() / 10 * 8) {
        break;
      }
    }
    if (size.isWhole()) {
      buffer.writeTo(out);
    } else {
      var used = buffer.size() + RESERVE;
      buffer = new ByteArrayOutputStream();
      write(template, page, size.filled(used), out);
    }
    out.flush();
  }

  private void write(Template template, Page page, Size size, OutputStream out) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try {
      template.process(
          Map.of(
              "page", page,
              "size", size,
              "unseen", Tone.UNKNOWN,
              "coverageLink", Link.to("coverage"),
              "style", Asset.load("report.css", options.templates()),
              "script", Asset.load("report.js", options.templates()),
              "icons", Asset.load("icons.svg", options.templates())),
          writer);
    } catch (TemplateException e) {
      if (options.templates() != null) {
        throw new IOException(
            "a template of " + options.templates() + " fails: " + firstLine(e), e);
      }
      throw new IllegalStateException("the template does not fit its view: " + e.getMessage(), e);
    }
    writer.flush();
  }

  private static String firstLine(TemplateException e) {
    return String.valueOf(e.getMessageWithoutStackTop()).lines().findFirst().orElse("")
        + " (line "
        + e.getLineNumber()
        + " of "
        + e.getTemplateSourceName()
        + ")";
  }

  private Template template() throws IOException {
    var configuration = new Configuration(Configuration.VERSION_2_3_34);
    var ours = new ClassTemplateLoader(HtmlReport.class, "");
    var own = options.templates();
    configuration.setTemplateLoader(
        own == null
            ? ours
            : new MultiTemplateLoader(
                new TemplateLoader[] {new FileTemplateLoader(own.toFile()), ours}));
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
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
