package io.bugreport.app;

import io.bugreport.app.pack.IdentityFlag;
import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.snapshot.Snapshot;
import io.bugreport.report.Report;
import io.bugreport.report.view.ReportContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Runs the checks over what lies on this machine.
@Command(
    name = "analyze",
    header = "Check an archive, YAML and JSON files that are not applied yet, or a live cluster.",
    footer = {
      "",
      "Examples:",
      "  bug-report analyze bug-report-prod-20261124T0712Z.tar.gz",
      "  bug-report analyze manifests/ --mesh-config mesh.yaml --fail-on warning",
      "  kustomize build overlays/prod | bug-report analyze -",
      "  bug-report analyze --cluster west=west.yaml --cluster east=east.yaml",
      "  bug-report analyze --live --context prod -n bookinfo",
      "  bug-report analyze app.yaml --suppress 'IST0103=Pod jobs/*'",
      "  bug-report analyze manifests/ --output json > baseline.json",
      "  bug-report analyze manifests/ --baseline baseline.json --fail-on warning",
      "  bug-report analyze manifests/ --output sarif > findings.sarif"
    })
final class AnalyzeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private PluginFlags plugins;

  @Mixin private LiveFlags live;

  @Mixin private IdentityFlag identity;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "One archive (a .tar.gz or its folder), or files and folders of manifests; - is standard"
              + " input.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--cluster",
      paramLabel = "NAME=PATH",
      description = "Manifests of a cluster of this name; may be given again.")
  private List<String> clusters = new ArrayList<>();

  @Option(
      names = "--check",
      paramLabel = "ID",
      split = ",",
      description = "Run these checks alone, by id or code.")
  private List<String> checks = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text (default), json, yaml, sarif, junit or markdown.")
  private AnalyzeForm output = AnalyzeForm.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "End with 1 on a finding as bad as this: critical, error, warning or info.")
  private @Nullable Severity failOn;

  @Option(
      names = "--suppress",
      paramLabel = "CODE=GLOB",
      description =
          "Leave out findings of this code on objects whose 'Kind namespace/name' matches; may be"
              + " given again.")
  private List<String> suppress = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "Leave out findings that were there before: what 'analyze --output json' printed then.")
  private @Nullable Path baseline;

  @Option(
      names = "--mesh-config",
      paramLabel = "FILE",
      description = "The MeshConfig that goes with the manifests.")
  private @Nullable String meshConfig;

  @Option(
      names = "--mesh-networks",
      paramLabel = "FILE",
      description = "The MeshNetworks that go with the manifests.")
  private @Nullable String meshNetworks;

  @Override
  public Integer call() throws IOException {
    var chosen = new CheckSelection(plugins.catalogue(main)).named(checks);
    List<Predicate<Finding>> unwanted = new ArrayList<>();
    suppress.forEach(text -> unwanted.add(Suppression.parse(text)));
    if (baseline != null) {
      unwanted.add(Baseline.read(baseline));
    }
    var source = new SnapshotSource(paths, clusters, new MeshSettings(meshConfig, meshNetworks));
    if (live.isAskedFor(source)) {
      try (var taken = LiveSnapshot.take(live, main.surroundings())) {
        return analyze(taken.snapshot(), chosen, unwanted);
      }
    }
    try (var snapshot = source.open(main.surroundings(), identity.identities())) {
      return analyze(snapshot, chosen, unwanted);
    }
  }

  private int analyze(Snapshot snapshot, CheckCatalogue chosen, List<Predicate<Finding>> unwanted)
      throws IOException {
    var all = new CheckRunner(snapshot).run(chosen);
    unwanted.add(new AnnotatedSuppression(snapshot, all.findings()));
    var diagnosis = Suppression.without(all, unwanted);
    print(snapshot, diagnosis, chosen, all.findings().size() - diagnosis.findings().size());
    return (fails(diagnosis) ? ExitCode.FINDING : ExitCode.DONE).number();
  }

  private void print(Snapshot snapshot, Diagnosis diagnosis, CheckCatalogue chosen, long suppressed)
      throws IOException {
    var out = spec.commandLine().getOut();
    var report =
        Report.of(
            snapshot,
            diagnosis,
            chosen,
            new ReportContext(snapshot.archive().name(), Version.number()));
    switch (output) {
      case TEXT ->
          new FindingsText(out, main.style(), main.isVerbose()).print(diagnosis, suppressed);
      case JSON -> out.println(FindingsOutput.json(snapshot, diagnosis, suppressed));
      case YAML -> out.print(FindingsOutput.yaml(snapshot, diagnosis, suppressed));
      case SARIF -> out.print(text(report::sarif));
      case JUNIT -> out.print(text(report::junit));
      case MARKDOWN -> out.print(text(report::markdown));
    }
    out.flush();
  }

  @FunctionalInterface
  private interface Rendering {
    void write(OutputStream out) throws IOException;
  }

  private static String text(Rendering rendering) throws IOException {
    var bytes = new ByteArrayOutputStream();
    rendering.write(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private boolean fails(Diagnosis diagnosis) {
    var threshold = failOn;
    return threshold != null
        && diagnosis.findings().stream().anyMatch(f -> f.severity().isAtLeast(threshold));
  }
}
