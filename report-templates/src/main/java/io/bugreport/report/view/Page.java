package io.bugreport.report.view;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.Cluster;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.mesh.MeshGraph;
import io.bugreport.report.view.Summary.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The whole page as templates see it.
public record Page(
    String title,
    String mesh,
    String collected,
    String archive,
    String tool,
    Tone tone,
    List<Phrase> verdict,
    List<Tally> tallies,
    List<Start> starts,
    Coverage coverage,
    String found,
    List<Card> cards,
    List<String> namespaces,
    List<String> areas,
    List<Section> sections,
    List<Fact> about) {
  private static final int STARTS = 3;

  /// A card of the first screen: how many findings of a severity.
  public record Tally(String filter, Tone tone, String word, String number, Link link) {
    /// Whether there is nothing of it.
    public boolean none() {
      return number.equals("0");
    }
  }

  /// One of the things to start with.
  public record Start(
      Tone tone,
      String severity,
      String code,
      String title,
      String line,
      String affected,
      Link link) {}

  public record Fact(String name, String text, boolean code) {}

  public Page {
    verdict = List.copyOf(verdict);
    tallies = List.copyOf(tallies);
    starts = List.copyOf(starts);
    cards = List.copyOf(cards);
    namespaces = List.copyOf(namespaces);
    areas = List.copyOf(areas);
    sections = List.copyOf(sections);
    about = List.copyOf(about);
  }

  /// All tables of the page.
  public List<Table> tables() {
    return Stream.concat(
            cards.stream().flatMap(card -> card.objects().stream()),
            sections.stream().flatMap(section -> section.tables().stream()))
        .toList();
  }

  public Link top() {
    return Link.to("summary");
  }

  public Link skip() {
    return Link.to("findings");
  }

  public Link aboutLink() {
    return Link.to("about");
  }

  /// What stands where findings would.
  public String calm() {
    return tone == Tone.GOOD
        ? "Nothing to do: every check that applies has passed."
        : "Nothing was found, but not everything was seen: look at what is missing before you rely on"
            + " it.";
  }

  public static Page of(
      Snapshot snapshot,
      Diagnosis diagnosis,
      CheckCatalogue catalogue,
      MeshGraph graph,
      ReportContext context) {
    var summary = Summary.of(diagnosis);
    var causes = Cause.of(diagnosis, graph);
    var cards = new Cards(diagnosis, causes, catalogue, graph);
    var coverage = Coverage.of(snapshot);
    var all = cards.all();
    return new Page(
        heading(snapshot),
        Istio.of(snapshot).text(),
        Wording.span(snapshot.manifest().started(), snapshot.manifest().finished()),
        context.archive(),
        "bug-report " + context.toolVersion(),
        summary.tone(),
        summary.verdict(),
        tallies(summary),
        causes.stream().limit(STARTS).map(cause -> start(cause, cards.link(cause))).toList(),
        coverage,
        Wording.number(diagnosis.findings().size()),
        all,
        all.stream()
            .flatMap(card -> Stream.of(card.namespaces().split(" ")))
            .filter(namespace -> !namespace.isEmpty())
            .distinct()
            .sorted()
            .toList(),
        all.stream().map(Card::area).distinct().sorted().toList(),
        Sections.of(snapshot, diagnosis, catalogue, coverage, cards, graph),
        about(snapshot, context));
  }

  private static String heading(Snapshot snapshot) {
    return switch (snapshot.clusters().size()) {
      case 0 -> "No cluster";
      case 1 -> "Cluster " + clusters(snapshot);
      default -> "Clusters " + clusters(snapshot);
    };
  }

  /// The clusters' names; where there are many, the first and how many more.
  public static String clusters(Snapshot snapshot) {
    return snapshot.clusters().isEmpty()
        ? "no cluster"
        : Wording.some(snapshot.clusters().stream().map(Cluster::name).toList());
  }

  private static List<Tally> tallies(Summary summary) {
    var findings = Link.to("findings");
    return List.of(
        new Tally(
            "error",
            summary.critical() > 0 ? Tone.CRITICAL : Tone.ERROR,
            summary.critical() > 0
                ? "errors, " + Wording.number(summary.critical()) + " critical"
                : summary.problems() == 1 ? "error" : "errors",
            Wording.number(summary.problems()),
            findings),
        new Tally(
            "warning",
            Tone.WARNING,
            summary.warnings() == 1 ? "warning" : "warnings",
            Wording.number(summary.warnings()),
            findings),
        new Tally(
            "info",
            Tone.INFO,
            summary.infos() == 1 ? "note" : "notes",
            Wording.number(summary.infos()),
            findings),
        new Tally(
            "",
            Tone.UNKNOWN,
            summary.notEvaluated() == 1 ? "check not evaluated" : "checks not evaluated",
            Wording.number(summary.notEvaluated()),
            Link.to("checks")));
  }

  private static Start start(Cause cause, Link link) {
    return new Start(
        Tone.of(cause.severity()),
        cause.severity().word(),
        cause.code(),
        cause.title(),
        cause.line(),
        cause.reach(),
        link);
  }

  private static List<Fact> about(Snapshot snapshot, ReportContext context) {
    var manifest = snapshot.manifest();
    List<Fact> about = new ArrayList<>();
    about.add(new Fact("Archive", context.archive(), true));
    about.add(
        new Fact(
            "Collected by", manifest.tool().isEmpty() ? "not recorded" : manifest.tool(), false));
    if (!manifest.arguments().isEmpty()) {
      about.add(new Fact("Command", String.join(" ", manifest.arguments()), true));
    }
    about.add(new Fact("Collected", Wording.span(manifest.started(), manifest.finished()), false));
    var since = manifest.logsSince();
    if (since != null) {
      about.add(new Fact("Logs since", Wording.time(since) + " UTC", false));
    }
    for (var cluster : manifest.clusters()) {
      var server = cluster.server();
      about.add(
          new Fact(
              "Cluster " + cluster.name(),
              "context "
                  + cluster.context()
                  + ", Kubernetes "
                  + (server == null ? "version unknown" : server),
              false));
    }
    manifest
        .phases()
        .forEach(
            (phase, millis) ->
                about.add(new Fact("Phase " + phase, Wording.number(millis) + " ms", false)));
    about.add(new Fact("Received", Wording.bytes(manifest.bytes()), false));
    about.add(new Fact("Layout", "version " + manifest.layout(), false));
    about.add(new Fact("Rendered by", "bug-report " + context.toolVersion(), false));
    about.add(new Fact("Render again", "bug-report report " + context.archive(), true));
    return about;
  }
}
