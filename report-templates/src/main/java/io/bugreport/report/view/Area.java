package io.bugreport.report.view;

import io.bugreport.model.check.CheckCatalogue;
import java.util.Locale;
import java.util.Map;

/// What a check looks at, in a word or two: routing, certificates, DNS.
final class Area {
  private static final Map<String, String> WORDS = Map.of("controlplane", "Control plane");

  private Area() {}

  /// The package of a check says what it looks at; a check that has none of its own is told by its
  /// code's family.
  static String of(CheckCatalogue catalogue, String check, String code) {
    var name =
        catalogue
            .find(check)
            .map(definition -> definition.analyzer().getClass())
            .filter(type -> !type.isHidden())
            .map(type -> type.getPackageName())
            .map(type -> type.substring(type.lastIndexOf('.') + 1))
            .orElse(code.contains("-") ? code.substring(0, code.indexOf('-')) : "other");
    return name.length() <= 3
        ? name.toUpperCase(Locale.ROOT)
        : WORDS.getOrDefault(
            name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
  }
}
