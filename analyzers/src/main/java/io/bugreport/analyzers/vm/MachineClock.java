package io.bugreport.analyzers.vm;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.resource.Field;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The clock of a virtual machine is wrong by more than a minute. Certificates and tokens hold from
/// one time to another: to a clock that is behind, a new certificate is not valid yet, and one that
/// is ahead calls valid ones expired.
///
/// The machine's clock is held against that of the machine that collected, when its answer began.
/// Where somebody ran the script by hand, there is nothing to hold it against.
///
/// ## Fix
///
/// See whether the machine's clock is synchronized, and with what:
///
/// ```sh
/// ssh VM timedatectl
/// ssh VM chronyc tracking
/// ```
@Check(
    codes = "VM-09",
    title = "Virtual machine whose clock is wrong",
    severity = Severity.ERROR,
    sources = Source.MACHINES)
public final class MachineClock implements Analyzer {
  private static final Duration TOLERATED = Duration.ofSeconds(60);

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var machine : mesh.machines()) {
      if (!mesh.has(machine, MachineFile.ABOUT)) {
        continue;
      }
      var about = machine.document(MachineFile.ABOUT);
      var time = about.flatMap(a -> a.field("time"));
      var theirs = time.flatMap(MachineClock::seconds);
      var ours = about.flatMap(a -> a.field("received")).flatMap(MachineClock::seconds);
      if (time.isEmpty() || theirs.isEmpty() || ours.isEmpty()) {
        mesh.unseen(
            machine.id().toString(), "its script was run by hand, with no clock to hold against");
        continue;
      }
      var ahead = Duration.ofSeconds(theirs.get() - ours.get());
      if (ahead.abs().compareTo(TOLERATED) > 0) {
        observations.add(
            Observation.of(
                machine.id(),
                time.get().location(),
                "The clock of the machine is %s %s."
                    .formatted(Age.text(ahead.abs()), ahead.isNegative() ? "behind" : "ahead")));
      }
    }
    return observations;
  }

  /// Seconds since 1970; nothing that is no such time.
  private static Optional<Long> seconds(Field field) {
    try {
      var number = Long.parseLong(field.text());
      return number >= 0 && number < 1L << 40 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
