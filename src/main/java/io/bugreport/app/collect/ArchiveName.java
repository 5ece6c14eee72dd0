package io.bugreport.app.collect;

import io.bugreport.collector.ClusterTarget;
import io.bugreport.model.archive.Layout;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// What an archive is called: after its cluster and the time it was taken, so that names sort by
/// age.
final class ArchiveName {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST_CLUSTER = 80;

  private ArchiveName() {}

  static String of(List<ClusterTarget> targets, Instant started) {
    return "bug-report-" + subject(targets) + "-" + TIME.format(started);
  }

  private static String subject(List<ClusterTarget> targets) {
    if (targets.size() != 1) {
      return targets.size() + "-clusters";
    }
    var name = Layout.segment(targets.getFirst().name());
    return name.length() <= LONGEST_CLUSTER ? name : name.substring(0, LONGEST_CLUSTER);
  }
}
