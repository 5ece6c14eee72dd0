package io.bugreport.collector.leak;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a whole archive for what looks like a secret. Entries are read in pieces that overlap, so
/// memory does not depend on their size.
public final class LeakScan {
  private static final int PIECE = 1 << 18;

  /// What a piece shares with the next; no secret that a detector finds reaches further.
  private static final int OVERLAP = 1 << 12;

  /// Enough to see what leaks from an entry.
  private static final int MOST_OF_ENTRY = 100;

  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?m)^ {2,8}[\\w.-]+: [\"']?((?!W3JlZGFjdGVk)[A-Za-z0-9+/]{8,}={0,2})[\"']?$");

  private final List<Detector> detectors = Detector.all();

  /// What leaks, by entry and line.
  ///
  /// @throws IOException when an entry cannot be read
  public List<Leak> of(ArchiveReader archive) throws IOException {
    var leaks = new ArrayList<Leak>();
    for (var path : archive.paths()) {
      try (var in = archive.open(path)) {
        leaks.addAll(of(path, in));
      }
    }
    return leaks;
  }

  /// What leaks from one entry.
  public List<Leak> of(String path, InputStream in) throws IOException {
    var leaks = new ArrayList<Leak>();
    var buffer = new byte[PIECE];
    var kept = 0;
    var line = 1L;
    while (leaks.size() < MOST_OF_ENTRY) {
      var read = in.readNBytes(buffer, kept, PIECE - kept);
      var end = kept + read;
      var last = end < PIECE;
      var text = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
      // What begins in the overlap is the next piece's to find.
      var limit = last ? end : end - OVERLAP;
      look(path, text, limit, line, leaks);
      if (last) {
        break;
      }
      line += text.substring(0, limit).chars().filter(c -> c == '\n').count();
      kept = OVERLAP;
      System.arraycopy(buffer, limit, buffer, 0, kept);
    }
    return leaks;
  }

  private void look(String path, String text, int limit, long firstLine, List<Leak> leaks) {
    var lower = text.toLowerCase(Locale.ROOT);
    for (var detector : detectors) {
      if (detector.hints().stream().anyMatch(lower::contains)) {
        look(detector, path, text, limit, firstLine, leaks);
      }
    }
    if (isSecrets(path) && lower.contains("data:")) {
      look(SECRETS, path, text, limit, firstLine, leaks);
    }
  }

  private static final Detector SECRETS =
      new Detector("value of a Secret", List.of(), SECRET_VALUE, LeakScan::isEncoded);

  /// Names and types that stand as deep as values have no capitals.
  private static boolean isEncoded(String text) {
    return text.length() % 4 == 0
        && text.chars().anyMatch(Character::isUpperCase)
        && text.chars().anyMatch(c -> Character.isLowerCase(c) || Character.isDigit(c))
        && text.chars().noneMatch(c -> c == '-');
  }

  private static boolean isSecrets(String path) {
    return Layout.objectFile(path)
        .filter(file -> file.group().isEmpty() && file.plural().equals("secrets"))
        .isPresent();
  }

  private static void look(
      Detector detector, String path, String text, int limit, long firstLine, List<Leak> leaks) {
    var matcher = detector.pattern().matcher(text);
    var line = firstLine;
    var counted = 0;
    while (leaks.size() < MOST_OF_ENTRY && matcher.find() && matcher.start() < limit) {
      if (!detector.confirms().test(matcher.group(matcher.groupCount()))) {
        continue;
      }
      for (; counted < matcher.start(); counted++) {
        line += text.charAt(counted) == '\n' ? 1 : 0;
      }
      leaks.add(new Leak(detector.name(), path, line));
    }
  }
}
