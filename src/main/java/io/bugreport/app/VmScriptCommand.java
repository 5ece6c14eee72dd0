package io.bugreport.app;

import io.bugreport.collector.machine.MachineScript;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Prints the script that collects from a virtual machine.
@Command(
    name = "script",
    header = "Print the shell script that collects from a virtual machine.",
    description = {
      "Print the shell script that collects from a virtual machine, to be read and run there by",
      "someone who may. It only reads, writes to standard output alone, and needs nothing but sh.",
      "Of the flags about logs it knows --since, --start-time and --log-bytes."
    },
    footer = {
      "",
      "Examples:",
      "  bug-report vm script > vm.sh",
      "  sudo sh vm.sh > vm.txt             on the machine",
      "  bug-report collect --vm-archive vm.txt"
    })
final class VmScriptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private VmCommand parent;

  @ArgGroup(exclusive = false, heading = "%nHow much of the logs:%n")
  private LogFlags logs = new LogFlags();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(MachineScript.text(logs.window(parent.main().surroundings().clock().instant())));
    out.flush();
    return ExitCode.DONE.number();
  }
}
