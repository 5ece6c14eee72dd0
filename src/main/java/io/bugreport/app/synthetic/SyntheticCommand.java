package io.bugreport.app.synthetic;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes synthetic meshes on the disk.
@Command(
    name = "synthetic",
    mixinStandardHelpOptions = true,
    description = "Write the snapshot of a made-up mesh, for benchmarks and scenarios.",
    footer = {
      "",
      "Examples:",
      "  bug-report synthetic --output /tmp/bookinfo",
      "  bug-report synthetic --output /tmp/mesh --plan mesh --services 200 --proxies 1000"
          + " --log-mb 1 --dump-kb 1000"
    })
public final class SyntheticCommand implements Callable<Integer> {
  private static final int USAGE = 2;
  private static final int HOST_BYTES = 4_400;
  private static final int KILO = 1024;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "folder to make")
  private @Nullable Path output;

  @Option(
      names = "--plan",
      paramLabel = "bookinfo|bookinfo-broken|mesh",
      defaultValue = "bookinfo",
      description = "what to make (default: ${DEFAULT-VALUE})")
  private String plan = "";

  @Option(names = "--namespaces", paramLabel = "N", defaultValue = "1", description = "of a mesh")
  private int namespaces;

  @Option(names = "--services", paramLabel = "N", defaultValue = "10", description = "of a mesh")
  private int services;

  @Option(names = "--proxies", paramLabel = "N", defaultValue = "10", description = "of a mesh")
  private int proxies;

  @Option(
      names = "--log-mb",
      paramLabel = "N",
      defaultValue = "0",
      description = "megabytes that each proxy logged")
  private int logMb;

  @Option(
      names = "--dump-kb",
      paramLabel = "N",
      defaultValue = "0",
      description = "least size of each configuration dump, in about kilobytes")
  private int dumpKb;

  @Option(names = "--fault", paramLabel = "NAME", description = "what is wrong with it; repeatable")
  private List<String> faults = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    try {
      var target = Objects.requireNonNull(output);
      var made = plan();
      var wrong = new ArrayList<>(plan.equals(Samples.BROKEN) ? Fault.all() : List.of());
      faults.stream().map(Fault::named).filter(f -> !wrong.contains(f)).forEach(wrong::add);
      try (var archive =
          ArchiveWriter.create(
              target, made.name(), ArchiveFormat.DIRECTORY, made.time(), Redaction.none())) {
        SyntheticMesh.write(made, wrong, archive);
      }
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    } catch (FileAlreadyExistsException e) {
      Objects.requireNonNull(spec)
          .commandLine()
          .getErr()
          .println(e.getMessage() + " exists already; name a folder that does not");
      return USAGE;
    }
  }

  private MeshPlan plan() {
    return switch (plan) {
      case Samples.HEALTHY, Samples.BROKEN -> {
        var made = MeshPlan.bookinfo().named(plan);
        yield logMb > 0 ? made.withLogBytes((long) logMb * KILO * KILO) : made;
      }
      case "mesh" -> {
        var made = MeshPlan.mesh(namespaces, services, proxies, (long) logMb * KILO * KILO);
        yield made.withExternalHosts(externalHosts(made));
      }
      default ->
          throw new IllegalArgumentException(
              "no plan is called " + plan + "; there are: bookinfo, bookinfo-broken, mesh");
    };
  }

  private int externalHosts(MeshPlan made) {
    var own = new DumpSize(made).bytes();
    return (int) Math.max(0, ((long) dumpKb * KILO - own) / HOST_BYTES + 1);
  }
}
