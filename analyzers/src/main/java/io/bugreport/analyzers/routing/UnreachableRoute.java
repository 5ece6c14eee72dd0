package io.bugreport.analyzers.routing;

import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A rule of a `VirtualService` is never reached (IST0130), or one of its matches never decides
/// (IST0131), because an earlier rule takes the same requests already. Rules are tried from top to
/// bottom and the first that matches wins; one without `match` takes everything.
///
/// Matches are compared as they are written, those of HTTP without their names. Of HTTP matches
/// with a `prefix` of the path it is also seen when an earlier one is wider and asks for nothing
/// that the later one does not. istioctl takes a match without a `method` for one of GET, compares
/// prefixes of headers in the wrong direction, and overlooks that the earlier match may be limited
/// to gateways, callers or a scheme; that is not so here.
///
/// ## Fix
///
/// Put the narrower rule first, and the one without a match last:
///
/// ```yaml
/// http:
/// - match: [{uri: {prefix: /api/v2}}]
///   route: [{destination: {host: api-v2}}]
/// - match: [{uri: {prefix: /api}}]
///   route: [{destination: {host: api}}]
/// - route: [{destination: {host: web}}]
/// ```
@Check(
    codes = {"IST0130", "IST0131"},
    title = "Route that an earlier one hides",
    severity = Severity.WARNING,
    resources = VIRTUAL_SERVICE,
    istioctlAnalyzer = "schema.ValidationAnalyzer.VirtualService")
public final class UnreachableRoute implements Analyzer {

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(VIRTUAL_SERVICE)) {
      for (var protocol : List.of("http", "tcp", "tls")) {
        new Rules(service, protocol, observations).judge();
      }
    }
    return observations;
  }

  /// The rules of one protocol, from top to bottom.
  private static final class Rules {
    private final Resource service;
    private final String protocol;
    private final List<Observation> observations;
    private final Map<String, String> seen = new HashMap<>();
    private final List<Prefix> prefixes = new ArrayList<>();
    private final Set<String> said = new HashSet<>();

    /// A match by the beginning of the path, with the label of its rule.
    private record Prefix(HttpMatch match, String rule) {}

    Rules(Resource service, String protocol, List<Observation> observations) {
      this.service = service;
      this.protocol = protocol;
      this.observations = observations;
    }

    void judge() {
      var rules = service.fields("spec." + protocol + ".*");
      String catchAll = "";
      for (var i = 0; i < rules.size(); i++) {
        var rule = rules.get(i);
        var label = label(rule, i);
        var matches = rule.fields("match.*");
        if (!catchAll.isEmpty()) {
          unreachable(
              rule,
              label,
              "rule %s before it has no match and takes everything".formatted(catchAll));
        }
        if (matches.isEmpty()) {
          catchAll = catchAll.isEmpty() ? label : catchAll;
        } else {
          judge(rule, label, matches);
        }
      }
    }

    private void judge(Field rule, String label, List<Field> matches) {
      var repeated = 0;
      for (var i = 0; i < matches.size(); i++) {
        var match = matches.get(i);
        var name = label(match, i);
        var text = HttpMatch.canonical(match, protocol.equals("http") ? "name" : "");
        var before = seen.putIfAbsent(text, label);
        if (before != null) {
          repeated++;
          ineffective(match, label, name, "is also in rule " + before);
        } else if (protocol.equals("http")) {
          HttpMatch.byPrefix(match).ifPresent(own -> judge(own, match, label, name));
        }
      }
      if (repeated == matches.size()) {
        unreachable(rule, label, "all its matches are in rules before it");
      }
    }

    private void judge(HttpMatch own, Field match, String label, String name) {
      for (var earlier : prefixes) {
        if (earlier.match().covers(own)) {
          ineffective(match, label, name, "is covered by a wider one of rule " + earlier.rule());
        }
      }
      prefixes.add(new Prefix(own, label));
    }

    private void unreachable(Field rule, String label, String why) {
      add(
          rule,
          "Rule %s of %s is never reached: %s.".formatted(label, protocol, why),
          "IST0130",
          Severity.WARNING);
    }

    private void ineffective(Field match, String label, String name, String why) {
      add(
          match,
          "Match %s in rule %s of %s %s.".formatted(name, label, protocol, why),
          "IST0131",
          Severity.INFO);
    }

    private void add(Field where, String message, String code, Severity severity) {
      if (said.add(message)) {
        observations.add(Observation.of(service, where, message).code(code).severity(severity));
      }
    }

    /// The name of a rule or a match, or its place from 0.
    private static String label(Field rule, int place) {
      var name = rule.text("name");
      return name.isEmpty() ? "#" + place : "\"" + name + "\"";
    }
  }
}
