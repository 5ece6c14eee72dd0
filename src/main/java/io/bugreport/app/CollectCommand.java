package io.bugreport.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Collects from clusters; also what happens when no command is named.
@Command(
    name = "collect",
    header = "Collect, check, and write one archive with its report (the default).",
    description = {
      "Collect from one or more clusters, check, and write one archive with its report.",
      "It only reads; Secret values, keys and tokens are left out before anything is written."
    },
    footer = {
      "",
      "Examples:",
      "  bug-report",
      "  bug-report collect --context prod-west --context prod-east --since 2h",
      "  bug-report collect -n bookinfo --output-dir /tmp --fail-on error",
      "  bug-report collect bookinfo/deploy/reviews-v1 --tail 1000",
      "  bug-report collect -q -o - | ssh host 'cat > report.tar.gz'",
      "  bug-report collect --role gateway --since 30m",
      "  bug-report collect --dry-run"
    })
final class CollectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private CollectFlags flags;

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description =
          "Collect from these workloads alone, and from the control plane: deploy/reviews,"
              + " bookinfo/sts/db, pod/reviews-v1-x.")
  private List<String> workloads = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    return new CollectRun(main, spec, flags, workloads).run(flags.targets());
  }
}
