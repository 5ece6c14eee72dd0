package io.bugreport.app.collect;

import io.bugreport.collector.ClusterTarget;
import io.bugreport.collector.machine.Machines;
import io.bugreport.model.archive.Layout;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// What an archive is called: after its cluster or virtual machine and the time it was taken, so
/// that names sort by age.
final class ArchiveName {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST = 80;

  private ArchiveName() {}

  static String of(List<ClusterTarget> targets, Machines machines, Instant started) {
    var subject = targets.isEmpty() ? subject(machines) : subject(targets);
    return "bug-report-" + subject + "-" + TIME.format(started);
  }

  private static String subject(Machines machines) {
    var sources = machines.sources();
    return sources.size() == 1 ? "vm-" + cut(sources.getFirst().name()) : sources.size() + "-vms";
  }

  private static String subject(List<ClusterTarget> targets) {
    if (targets.size() != 1) {
      return targets.size() + "-clusters";
    }
    return cut(targets.getFirst().name());
  }

  private static String cut(String subject) {
    var name = Layout.segment(subject);
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
