package io.bugreport.report;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Conclusion;
import io.bugreport.model.finding.Conclusion.Found;
import io.bugreport.model.finding.Conclusion.NotApplicable;
import io.bugreport.model.finding.Conclusion.NotEvaluated;
import io.bugreport.model.finding.Conclusion.Passed;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.view.Visible;
import io.bugreport.report.view.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The result as JUnit XML: one case for each check. It fails on findings from `warning` on; notes
/// alone are its output. What was not evaluated or not applicable is skipped, which is not passed.
final class JUnitXml {
  private static final String SUITE = "bug-report";

  private final Snapshot snapshot;
  private final Diagnosis diagnosis;
  private final CheckCatalogue catalogue;

  JUnitXml(Snapshot snapshot, Diagnosis diagnosis, CheckCatalogue catalogue) {
    this.snapshot = snapshot;
    this.diagnosis = diagnosis;
    this.catalogue = catalogue;
  }

  void write(OutputStream out) throws IOException {
    try {
      var xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeCharacters("\n");
      start(xml, "testsuites");
      xml.writeCharacters("\n");
      start(xml, "testsuite");
      xml.writeAttribute(
          "timestamp", snapshot.collectedAt().toString().replaceAll("(\\.\\d+)?Z$", ""));
      xml.writeAttribute("hostname", "localhost");
      xml.writeCharacters("\n");
      for (var conclusion : diagnosis.conclusions()) {
        write(xml, conclusion);
      }
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException("writing JUnit XML: " + e.getMessage(), e);
    }
  }

  private void start(XMLStreamWriter xml, String element) throws XMLStreamException {
    var failures = diagnosis.all(Found.class).stream().filter(JUnitXml::fails).count();
    var skipped =
        diagnosis.all(NotEvaluated.class).size() + diagnosis.all(NotApplicable.class).size();
    xml.writeStartElement(element);
    xml.writeAttribute("name", SUITE);
    xml.writeAttribute("tests", Integer.toString(diagnosis.conclusions().size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Integer.toString(skipped));
    xml.writeAttribute("time", "0");
  }

  private static boolean fails(Found found) {
    return found.findings().stream().anyMatch(f -> f.severity().isAtLeast(Severity.WARNING));
  }

  private void write(XMLStreamWriter xml, Conclusion conclusion) throws XMLStreamException {
    var title = catalogue.find(conclusion.check()).map(c -> ": " + c.title()).orElse("");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", SUITE + "." + Visible.line(conclusion.check()));
    xml.writeAttribute("name", Visible.line(conclusion.check() + title));
    xml.writeAttribute("time", "0");
    switch (conclusion) {
      case Found found when fails(found) -> failure(xml, found.findings());
      case Found found -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(text(found.findings()));
        xml.writeEndElement();
      }
      case Passed _ -> {}
      case NotApplicable(_, var why) -> skipped(xml, "not applicable: " + why);
      case NotEvaluated(_, var gaps) -> skipped(xml, "not evaluated: " + Wording.gaps(gaps));
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static void skipped(XMLStreamWriter xml, String message) throws XMLStreamException {
    xml.writeEmptyElement("skipped");
    xml.writeAttribute("message", Visible.line(message));
  }

  private static void failure(XMLStreamWriter xml, List<Finding> findings)
      throws XMLStreamException {
    var first = findings.getFirst();
    xml.writeStartElement("failure");
    xml.writeAttribute("type", first.code());
    xml.writeAttribute(
        "message",
        Visible.line(
            findings.size() == 1
                ? first.message()
                : Wording.count(findings.size(), "finding") + ": " + first.title()));
    xml.writeCharacters(text(findings));
    xml.writeEndElement();
  }

  private static String text(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                finding.severity().word()
                    + " "
                    + finding.code()
                    + " "
                    + finding.resource()
                    + " ("
                    + finding.resource().cluster()
                    + "): "
                    + Visible.line(finding.message())
                    + finding.evidence().stream()
                        .map(e -> "\n  at " + e.path() + ":" + e.line())
                        .collect(Collectors.joining()))
        .map(Visible::text)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
