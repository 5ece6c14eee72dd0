package io.bugreport.app;

import io.bugreport.collector.machine.MachineSource;
import io.bugreport.collector.machine.Machines;
import io.bugreport.collector.machine.SavedOutput;
import io.bugreport.collector.machine.SshHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Which virtual machines are collected from, and how they are reached.
final class MachineFlags {

  /// Reads `ssh://user@host:port`.
  static final class SshText implements ITypeConverter<SshHost> {
    @Override
    public SshHost convert(String text) {
      try {
        return SshHost.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            e.getMessage() + "; write it like ssh://ops@vm-1.example:22, user and port as needed");
      }
    }
  }

  @Option(
      names = "--vm",
      paramLabel = "URL",
      converter = SshText.class,
      description =
          "A virtual machine of the mesh, such as ssh://ops@vm-1.example; may be given again."
              + " Reached by the ssh of this machine with your configuration; nothing is installed"
              + " or written there.")
  List<SshHost> hosts = new ArrayList<>();

  @Option(
      names = "--vm-archive",
      paramLabel = "FILE",
      description =
          "What the script of bug-report vm script printed on a machine; may be given again.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--vm-timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Time for each machine (default: 3m).")
  Duration timeout = Machines.TIMEOUT;

  @Option(
      names = "--vm-sudo",
      description = "Run the script as root there, by sudo -n; else some of it is forbidden.")
  boolean sudo;

  @Option(
      names = "--vm-ssh-config",
      paramLabel = "FILE",
      description = "The ssh configuration to use in place of your own.")
  @Nullable Path configuration;

  /// The machines that the flags name.
  Machines machines() {
    List<MachineSource> sources = new ArrayList<>();
    hosts.forEach(host -> sources.add(host.shell(configuration, sudo)));
    for (var file : files) {
      if (!Files.isRegularFile(file)) {
        throw new Failure(
            "there is no file " + file,
            "--vm-archive takes what this printed on the machine: bug-report vm script | sh");
      }
      sources.add(new SavedOutput(file));
    }
    return new Machines(sources, timeout);
  }
}
