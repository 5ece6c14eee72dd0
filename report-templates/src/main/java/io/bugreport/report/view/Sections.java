package io.bugreport.report.view;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.certificates.KnownCertificates;
import io.bugreport.report.drawing.TimelineDrawing;
import io.bugreport.report.logs.LogSurvey;
import io.bugreport.report.mesh.MeshGraph;
import io.bugreport.report.mesh.Reading;
import io.bugreport.report.timeline.History;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What stands below the findings: pictures and tables of everything that was seen.
final class Sections {
  private Sections() {}

  static List<Section> of(
      Snapshot snapshot,
      Diagnosis diagnosis,
      CheckCatalogue catalogue,
      Coverage coverage,
      Cards cards,
      MeshGraph graph) {
    var logs = LogSurvey.of(snapshot);
    var reading = new Reading();
    var certificates = KnownCertificates.of(snapshot, reading);
    var certificateNotes = reading.notes();
    var moments = History.of(snapshot, logs, certificates, reading);
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(
            "timeline",
            "Timeline",
            "What happened when, in UTC. A filled red dot is trouble; its number is how many moments"
                + " it stands for.",
            Wording.number(moments.size()),
            TimelineDrawing.of(moments, snapshot.collectedAt()),
            List.of(TimelineTable.of(moments, reading.notes()))));
    sections.add(
        section(
            "namespaces",
            "Mesh",
            "The worst finding in each namespace and area. An empty field means that nothing was"
                + " found, not that everything was seen.",
            NamespaceMatrix.of(snapshot, diagnosis, catalogue, cards, graph),
            ClusterTable.of(snapshot)));
    sections.add(
        section(
            "control-plane",
            "Control plane",
            "Every istiod, and the webhooks that lead to it.",
            ControlPlane.replicas(snapshot),
            ControlPlane.webhooks(snapshot)));
    sections.add(
        section(
            "data-plane",
            "Proxies",
            "What each proxy runs, and what it holds.",
            ProxyTable.of(snapshot)));
    sections.add(
        section(
            "dns",
            "Names",
            "What each name resolves to, for whom, and where two proxies disagree.",
            NameTables.of(snapshot)));
    sections.add(
        section(
            "certificates",
            "Certificates",
            "Of proxies and of secrets; keys were never collected.",
            CertificateTable.of(certificates, snapshot.collectedAt(), certificateNotes)));
    sections.add(
        section(
            "config",
            "Configuration",
            "Objects of Istio and the Gateway API with what was found about them.",
            ConfigTable.of(snapshot, cards)));
    sections.add(
        section(
            "workloads",
            "Workloads",
            "What runs, and whether it does.",
            PodTable.of(snapshot),
            WorkloadTable.of(snapshot, cards)));
    sections.add(
        section(
            "machines",
            "Virtual machines",
            "Machines outside of Kubernetes that take part in the mesh.",
            MachineTable.of(snapshot, cards),
            CollectedMachineTable.of(snapshot, cards)));
    sections.add(section("events", "Events", "What Kubernetes tells of.", EventTable.of(snapshot)));
    sections.add(
        section(
            "logs",
            "Logs",
            "Lines that say the same are counted together: "
                + Wording.count(logs.lines(), "line")
                + " read.",
            LogTable.of(logs)));
    sections.add(
        section(
            "checks",
            "Checks",
            "What each check concludes. Not evaluated is not passed.",
            CheckTable.of(diagnosis, catalogue)));
    sections.add(
        new Section(
            "coverage",
            "Coverage",
            "What was asked for and what came of it. What is missing here, no check has seen.",
            Wording.number(coverage.missing()),
            List.of(),
            List.of(coverage.gaps(), coverage.sources(), coverage.redactions())));
    return sections;
  }

  private static Section section(String id, String title, String lead, Table... tables) {
    return new Section(
        id,
        title,
        lead,
        Wording.number(tables[0].all()),
        List.of(),
        Stream.of(tables).map(table -> table.named(table.id() + "-table")).toList());
  }
}
