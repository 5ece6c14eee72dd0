package io.bugreport.app;

import io.bugreport.app.collect.LeastRights;
import io.bugreport.app.collect.LeastRights.Subject;
import io.bugreport.collector.ClusterTarget;
import io.bugreport.collector.Collection;
import io.bugreport.collector.engine.Progress;
import io.bugreport.collector.rights.Need;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Prints the rights that a collection with the same flags needs.
@Command(
    name = "rbac",
    header = "Print the least RBAC objects for a collection with the same flags.",
    description = {
      "Print the least RBAC objects for a collection with the same flags. The kinds are those that",
      "the cluster serves, so it is asked for them. Nothing is created; comments tell which of the",
      "rights the user of the kubeconfig lacks."
    },
    footer = {
      "",
      "Examples:",
      "  bug-report rbac | kubectl apply -f -",
      "  bug-report rbac -n bookinfo --no-cluster-scoped --user jane"
    })
final class RbacCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private CollectFlags flags;

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = "As with collect, such as deploy/reviews.")
  private List<String> workloads = new ArrayList<>();

  @Option(
      names = "--service-account",
      paramLabel = "NAMESPACE/NAME",
      description = "Who gets the rights (default: bug-report/bug-report).")
  private String account = "bug-report/bug-report";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "A user who gets the rights, instead of a service account.")
  private @Nullable String user;

  @Override
  public Integer call() throws IOException {
    var subject = subject();
    var targets = flags.targets();
    var options = flags.options(workloads, main.surroundings().clock().instant());
    var needs = Collection.plan(targets, options, Progress.none()).run().needs();
    if (needs.isEmpty()) {
      throw new Failure(
          ExitCode.NOTHING_COLLECTED,
          "no cluster said which kinds it serves, so no rules can be written",
          "Check that it can be reached: bug-report collect --dry-run");
    }
    var out = spec.commandLine().getOut();
    targets.forEach(target -> print(target, needs, subject, out));
    out.flush();
    return ExitCode.DONE.number();
  }

  private Subject subject() {
    if (user != null) {
      return new Subject("User", "", user);
    }
    var parts = account.split("/", -1);
    if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new Failure("\"" + account + "\" is no service account", "Write it as NAMESPACE/NAME.");
    }
    return new Subject("ServiceAccount", parts[0], parts[1]);
  }

  private static void print(
      ClusterTarget target, List<Need> all, Subject subject, PrintWriter out) {
    var needs = all.stream().filter(n -> n.cluster().equals(target.name())).toList();
    out.println("# What bug-report needs in cluster " + target.name() + " with these flags.");
    out.print(LeastRights.yaml(needs, subject));
    var missing = needs.stream().filter(n -> !n.held()).map(Need::words).toList();
    out.println(
        missing.isEmpty()
            ? "# The user of this kubeconfig has all of it, as far as the server tells."
            : "# The user of this kubeconfig lacks:");
    missing.forEach(words -> out.println("#   " + words));
  }
}
