package io.bugreport.collector.leak;

import io.bugreport.model.archive.Layout;
import java.util.List;
import java.util.regex.Pattern;

/// All detectors, ready to look at a piece of an entry.
final class Detectors {
  /// What a piece shares with the next; no secret that a detector finds reaches further.
  static final int OVERLAP = 1 << 12;

  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?m)^ {2,8}[\\w.-]+: [\"']?((?!W3JlZGFjdGVk)[A-Za-z0-9+/]{8,}={0,2})[\"']?$");
  private static final Detector SECRETS =
      new Detector(
          "value of a Secret",
          List.of(),
          (bytes, at, end) -> true,
          SECRET_VALUE,
          Detectors::isEncoded);

  private final Hints hints = new Hints(Detector.all());

  /// What is told of a secret.
  @FunctionalInterface
  interface Found {
    void at(Detector detector, int at);
  }

  /// Finds what begins in a piece.
  ///
  /// @param secrets whether the entry holds Secrets
  /// @param limit what begins here or later is the next piece's to find
  /// @param end where the bytes at hand end
  void look(boolean secrets, byte[] bytes, int limit, int end, Found found) {
    var text = new Latin1(bytes, 0, end);
    hints.find(bytes, limit, end, (detector, at) -> lookAt(text, detector, at, found));
    if (secrets) {
      var matcher = SECRETS.pattern().matcher(text);
      while (matcher.find() && matcher.start() < limit) {
        if (SECRETS.confirms().test(matcher.group(1))) {
          found.at(SECRETS, matcher.start());
        }
      }
    }
  }

  private static void lookAt(Latin1 text, Detector detector, int at, Found found) {
    var most = Math.min(text.length(), at + OVERLAP);
    var matcher =
        detector
            .pattern()
            .matcher(text)
            .useTransparentBounds(true)
            .useAnchoringBounds(false)
            .region(at, most);
    if (matcher.lookingAt() && detector.confirms().test(matcher.group(matcher.groupCount()))) {
      found.at(detector, at);
    }
  }

  /// Names and types that stand as deep as values have no capitals.
  private static boolean isEncoded(String text) {
    return text.length() % 4 == 0
        && text.chars().anyMatch(Character::isUpperCase)
        && text.chars().anyMatch(c -> Character.isLowerCase(c) || Character.isDigit(c))
        && text.chars().noneMatch(c -> c == '-');
  }

  /// Whether an entry holds Secrets.
  static boolean isSecrets(String path) {
    return Layout.objectFile(path)
        .filter(file -> file.group().isEmpty() && file.plural().equals("secrets"))
        .isPresent();
  }
}
