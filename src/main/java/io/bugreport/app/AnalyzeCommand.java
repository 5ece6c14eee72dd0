package io.bugreport.app;

import io.bugreport.model.check.CheckRunner;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Runs the checks over what lies on this machine.
@Command(
    name = "analyze",
    header = "Check an archive, or YAML and JSON files that are not applied yet.",
    footer = {
      "",
      "Examples:",
      "  bug-report analyze bug-report-prod-20261124T0712Z.tar.gz",
      "  bug-report analyze manifests/ --mesh-config mesh.yaml --fail-on warning",
      "  kustomize build overlays/prod | bug-report analyze -",
      "  bug-report analyze --cluster west=west.yaml --cluster east=east.yaml",
      "  bug-report analyze app.yaml --suppress 'IST0103=Pod jobs/*'"
    })
final class AnalyzeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

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
      description = "text (default) or json.")
  private OutputFormat output = OutputFormat.TEXT;

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
    var chosen = new CheckSelection(main.catalogue()).named(checks);
    var suppressions = suppress.stream().map(Suppression::parse).toList();
    var source = new SnapshotSource(paths, clusters, new MeshSettings(meshConfig, meshNetworks));
    var out = spec.commandLine().getOut();
    try (var snapshot = source.open(main.surroundings())) {
      var all = new CheckRunner(snapshot).run(chosen);
      var diagnosis = Suppression.without(all, suppressions);
      var suppressed = all.findings().size() - diagnosis.findings().size();
      switch (output) {
        case JSON -> out.println(FindingsOutput.json(snapshot, diagnosis, suppressed));
        case TEXT ->
            new FindingsText(out, main.style(), main.isVerbose()).print(diagnosis, suppressed);
      }
      out.flush();
      return (fails(diagnosis) ? ExitCode.FINDING : ExitCode.DONE).number();
    }
  }

  private boolean fails(Diagnosis diagnosis) {
    var threshold = failOn;
    return threshold != null
        && diagnosis.findings().stream().anyMatch(f -> f.severity().isAtLeast(threshold));
  }
}
