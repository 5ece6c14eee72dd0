package io.bugreport.model.check;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// All checks, sorted by id.
public record CheckCatalogue(List<CheckDefinition> checks) {

  public CheckCatalogue {
    checks = checks.stream().sorted(Comparator.comparing(CheckDefinition::id)).toList();
    var seen = new HashSet<String>();
    for (var check : checks) {
      if (!seen.add(check.id())) {
        throw new IllegalArgumentException("two checks are called " + check.id());
      }
    }
  }

  /// Every check on the class path.
  public static CheckCatalogue load(ClassLoader loader) {
    return new CheckCatalogue(
        ServiceLoader.load(Analyzer.class, loader).stream()
            .map(provider -> CheckDefinition.of(provider.get()))
            .toList());
  }

  /// The check of this id.
  public Optional<CheckDefinition> find(String id) {
    return checks.stream().filter(c -> c.id().equals(id)).findFirst();
  }

  /// The checks that report this code.
  public List<CheckDefinition> reporting(String code) {
    return checks.stream().filter(c -> c.codes().contains(code)).toList();
  }
}
