package io.bugreport.collector.rights;

import io.bugreport.model.resource.Field;
import java.util.Set;
import java.util.stream.Collectors;

/// One rule of what a user may do, as RBAC and `SelfSubjectRulesReview` write it. A rule for
/// objects of given names allows no lists, and is none of ours.
record Rule(Set<String> verbs, Set<String> groups, Set<String> resources, boolean named) {
  private static final String ANY = "*";

  static Rule of(Field rule) {
    return new Rule(
        texts(rule, "verbs"),
        texts(rule, "apiGroups"),
        texts(rule, "resources"),
        !rule.fields("resourceNames.*").isEmpty());
  }

  private static Set<String> texts(Field rule, String list) {
    return rule.fields(list + ".*").stream().map(Field::text).collect(Collectors.toSet());
  }

  /// @param resource with its subresource, such as `pods/log`
  boolean allows(String verb, String group, String resource) {
    var slash = resource.indexOf('/');
    return !named
        && (verbs.contains(ANY) || verbs.contains(verb))
        && (groups.contains(ANY) || groups.contains(group))
        && (resources.contains(ANY)
            || resources.contains(resource)
            || (slash >= 0 && resources.contains(ANY + resource.substring(slash))));
  }
}
