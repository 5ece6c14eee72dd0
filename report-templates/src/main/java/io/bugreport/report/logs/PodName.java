package io.bugreport.report.logs;

import java.util.regex.Pattern;

/// The name of what a pod is one of, read off the pod's own name.
final class PodName {
  /// Kubernetes draws suffixes from consonants and digits that spell no word.
  private static final Pattern REPLICA_SET =
      Pattern.compile("-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$");

  private static final Pattern DAEMON_SET = Pattern.compile("-[bcdfghjklmnpqrstvwxz2456789]{5}$");
  private static final Pattern STATEFUL_SET = Pattern.compile("-\\d+$");

  private PodName() {}

  static String workload(String pod) {
    for (var suffix : new Pattern[] {REPLICA_SET, DAEMON_SET, STATEFUL_SET}) {
      var found = suffix.matcher(pod);
      if (found.find() && found.start() > 0) {
        return pod.substring(0, found.start());
      }
    }
    return pod;
  }
}
