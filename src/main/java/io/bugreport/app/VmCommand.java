package io.bugreport.app;

import io.bugreport.collector.machine.Machines;
import io.bugreport.collector.machine.Shell;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Collects from virtual machines alone; from this one where none is named.
@Command(
    name = "vm",
    header = "Collect from this virtual machine, or from others over SSH, without a cluster.",
    description = {
      "Collect from this virtual machine, or from those that --vm and --vm-archive name.",
      "To see machines and their cluster together, give --vm or --vm-archive to collect."
    },
    subcommands = VmScriptCommand.class,
    footer = {
      "",
      "Examples:",
      "  sudo bug-report vm",
      "  bug-report vm --vm ssh://ops@vm-1.example --vm-sudo",
      "  bug-report vm script > vm.sh      then, on the machine: sudo sh vm.sh > vm.txt",
      "  bug-report collect --vm-archive vm.txt"
    })
final class VmCommand implements Callable<Integer> {

  /// What can be said of machines alone.
  static final class Flags extends RunFlags {
    @Override
    boolean isDryRun() {
      return false;
    }
  }

  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Mixin private Flags flags;

  @Override
  public Integer call() throws IOException {
    var named = flags.machines.machines();
    var machines =
        named.sources().isEmpty() ? new Machines(List.of(Shell.here()), named.timeout()) : named;
    return new CollectRun(main, spec, flags, List.of()).run(List.of(), machines);
  }

  Main main() {
    return main;
  }
}
