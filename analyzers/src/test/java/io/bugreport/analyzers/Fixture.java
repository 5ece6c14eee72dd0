package io.bugreport.analyzers;

import io.bugreport.model.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// A file of `src/test/resources/checks`: a comment, then files of an archive, each after a line
/// `-- path --`, then under `-- findings --` what the check concludes, word for word.
///
/// @param path the fixture itself
/// @param comment what it shows
/// @param files text by path in the archive
/// @param findings the expected conclusion
record Fixture(Path path, String comment, SequencedMap<String, String> files, String findings) {
  static final String FINDINGS = "findings";

  /// The time at which every fixture without a manifest was collected.
  static final Instant COLLECTED = Instant.parse("2026-11-24T00:00:00Z");

  private static final Pattern MARK = Pattern.compile("(?m)^-- (\\S+) --\\n");

  static Fixture read(Path path) {
    try {
      return parse(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + path, e);
    }
  }

  static Fixture parse(Path path, String text) {
    var files = new LinkedHashMap<String, String>();
    var marks = MARK.matcher(text).results().toList();
    var comment = marks.isEmpty() ? text : text.substring(0, marks.getFirst().start());
    for (var i = 0; i < marks.size(); i++) {
      var end = i + 1 < marks.size() ? marks.get(i + 1).start() : text.length();
      files.put(marks.get(i).group(1), text.substring(marks.get(i).end(), end));
    }
    var findings = files.remove(FINDINGS);
    return new Fixture(path, comment, files, findings == null ? "" : findings);
  }

  /// The simple name of the check's class: the file's name up to `-` or the suffix.
  String check() {
    var name = String.valueOf(path.getFileName()).replace(".txtar", "");
    var dash = name.indexOf('-');
    return dash < 0 ? name : name.substring(0, dash);
  }

  Snapshot open() throws IOException {
    return open(files);
  }

  static Snapshot open(Map<String, String> files) throws IOException {
    return Snapshot.of(new ArchiveOfTexts(files), COLLECTED);
  }

  /// The whole file with another conclusion.
  String with(String newFindings) {
    var text = new StringBuilder(comment);
    files.forEach(
        (name, content) -> text.append("-- ").append(name).append(" --\n").append(content));
    return text.append("-- ").append(FINDINGS).append(" --\n").append(newFindings).toString();
  }

  /// All fixtures, sorted by name.
  static List<Fixture> all() {
    try (var files = Files.list(AnalyzersModule.folder().resolve("src/test/resources/checks"))) {
      return files
          .filter(f -> f.toString().endsWith(".txtar"))
          .sorted()
          .map(Fixture::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing the fixtures", e);
    }
  }

  @Override
  public String toString() {
    return String.valueOf(path.getFileName());
  }
}
