package io.bugreport.report.view;

import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.finding.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which findings follow from which others, as their groups say. A group that names no finding, or
/// leads back to itself, counts for nothing: what it was named on stands alone.
final class Followers {
  private final Map<Finding, Finding> leads = new HashMap<>();
  private final Map<Finding, List<Finding>> followers = new HashMap<>();

  Followers(Diagnosis diagnosis) {
    Map<String, List<Finding>> byName = new HashMap<>();
    for (var finding : diagnosis.findings()) {
      byName.computeIfAbsent(name(finding), _ -> new ArrayList<>()).add(finding);
    }
    Map<Finding, Finding> direct = new HashMap<>();
    for (var finding : diagnosis.findings()) {
      var group = finding.group();
      if (group != null) {
        byName.getOrDefault(group, List.of()).stream()
            .filter(lead -> !lead.equals(finding))
            .min((a, b) -> Boolean.compare(!isBeside(a, finding), !isBeside(b, finding)))
            .ifPresent(lead -> direct.put(finding, lead));
      }
    }
    for (var finding : diagnosis.findings()) {
      var lead = root(finding, direct);
      if (!lead.equals(finding)) {
        leads.put(finding, lead);
        followers.computeIfAbsent(lead, _ -> new ArrayList<>()).add(finding);
      }
    }
  }

  /// How a group names a finding: its code and its object.
  private static String name(Finding finding) {
    return finding.code() + " " + finding.resource();
  }

  private static boolean isBeside(Finding lead, Finding finding) {
    return lead.resource().cluster().equals(finding.resource().cluster());
  }

  private static Finding root(Finding finding, Map<Finding, Finding> direct) {
    var lead = finding;
    for (var steps = 0; steps <= direct.size(); steps++) {
      var next = direct.get(lead);
      if (next == null) {
        return lead;
      }
      lead = next;
    }
    return finding;
  }

  boolean isFollower(Finding finding) {
    return leads.containsKey(finding);
  }

  /// What follows from a finding, worst first.
  List<Finding> of(Finding lead) {
    return followers.getOrDefault(lead, List.of());
  }
}
