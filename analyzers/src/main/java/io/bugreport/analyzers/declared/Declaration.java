package io.bugreport.analyzers.declared;

import io.bugreport.analyzers.cel.CelExpression;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One document of a file of declared checks, on its way to a check. It notes every problem, not
/// the first alone.
final class Declaration {
  /// What every check has.
  private static final List<String> ALWAYS =
      List.of("codes", "fix", "id", "message", "severity", "title", "why");

  /// What it looks at, which is one of two.
  private enum Subject {
    OBJECTS(List.of("condition", "match"), "at"),
    LOGS(List.of("logs", "pattern"), "least");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    final List<String> required;

    final String optional;

    Subject(List<String> required, String optional) {
      this.required = required;
      this.optional = optional;
    }

    boolean has(String name) {
      return required.contains(name) || optional.equals(name);
    }
  }

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z0-9]+)*");

  private final Field root;
  private final List<String> problems = new ArrayList<>();

  Declaration(Field root) {
    this.root = root;
  }

  /// What is wrong with it, each with file and line.
  List<String> problems() {
    return List.copyOf(problems);
  }

  /// The check, where nothing is wrong.
  Optional<CheckDefinition> check() {
    if (!(root.node() instanceof Node.Mapping mapping)) {
      problem(root, "a check is an object with id, codes, title and more");
      return Optional.empty();
    }
    var subject =
        Subject.LOGS.required.stream().anyMatch(name -> mapping.get(name) != null)
            ? Subject.LOGS
            : Subject.OBJECTS;
    for (var field : root.children()) {
      if (!ALWAYS.contains(field.path()) && !subject.has(field.path())) {
        problem(field, field.path() + wrongField(field.path(), subject));
      }
    }
    Stream.concat(ALWAYS.stream(), subject.required.stream())
        .sorted()
        .filter(name -> mapping.get(name) == null)
        .forEach(name -> problem(root, name + " is missing"));
    var id = texts("id", ID, "lower-case words joined by hyphens, such as gateway-without-tls");
    var codes = texts("codes", CODE, "capitals and digits, such as ACME-01");
    var severity = parsed("severity", Declaration::severity);
    var message = parsed("message", Declaration::message);
    var looks =
        switch (subject) {
          case OBJECTS -> objects(message);
          case LOGS -> logs(message);
        };
    if (!problems.isEmpty() || severity == null || looks == null) {
      return Optional.empty();
    }
    var page = root.text("why").strip() + "\n\n## Fix\n\n" + root.text("fix").strip() + "\n";
    return Optional.of(
        new CheckDefinition(
            id.getFirst(),
            codes,
            root.text("title"),
            severity,
            looks.kinds(),
            List.of(),
            "",
            page,
            looks.analyzer(),
            true,
            List.of(),
            looks.sources()));
  }

  /// What a check looks at, and how.
  private record Looks(Analyzer analyzer, List<ResourceKind> kinds, List<Source> sources) {}

  private @Nullable Looks objects(@Nullable MessageTemplate message) {
    var kinds = kinds();
    var condition = parsed("condition", CelExpression::condition);
    return condition == null || message == null
        ? null
        : new Looks(
            new DeclaredAnalyzer(kinds, condition, message, root.text(Subject.OBJECTS.optional)),
            kinds,
            List.of());
  }

  private @Nullable Looks logs(@Nullable MessageTemplate message) {
    var sources = logSources();
    var pattern = parsed("pattern", DeclaredLogAnalyzer::pattern);
    var least = parsed(Subject.LOGS.optional, Declaration::least);
    return pattern == null || message == null
        ? null
        : new Looks(
            new DeclaredLogAnalyzer(pattern, least == null ? 1 : least, message),
            List.of(),
            sources);
  }

  private static String wrongField(String name, Subject subject) {
    return Arrays.stream(Subject.values()).anyMatch(other -> other != subject && other.has(name))
        ? " is for checks of " + (subject == Subject.LOGS ? "objects" : "logs")
        : " is no field of a check";
  }

  private static Integer least(String text) {
    var number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (number == 0) {
      throw new IllegalArgumentException("\"" + text + "\" is no whole number above 0");
    }
    return number;
  }

  private List<Source> logSources() {
    List<Source> sources = new ArrayList<>();
    for (var field : values("logs")) {
      switch (field.text()) {
        case "istiod" -> sources.add(Source.ISTIOD_LOG);
        case "proxies" -> sources.add(Source.PROXY_LOG);
        case "ztunnel" -> sources.add(Source.ZTUNNEL_LOG);
        default ->
            problem(field, "logs: \"" + field.text() + "\" is none of istiod, proxies and ztunnel");
      }
    }
    return sources;
  }

  private static Severity severity(String word) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + word + "\" is none of critical, error, warning and info"));
  }

  private static MessageTemplate message(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return MessageTemplate.parse(text.strip());
  }

  private List<String> texts(String name, Pattern form, String formInWords) {
    var fields = values(name);
    for (var field : fields) {
      if (!form.matcher(field.text()).matches()) {
        problem(field, name + ": \"" + field.text() + "\" is not of the form: " + formInWords);
      }
    }
    return fields.stream().map(Field::text).toList();
  }

  private List<ResourceKind> kinds() {
    List<ResourceKind> kinds = new ArrayList<>();
    for (var field : values("match")) {
      var named =
          Arrays.stream(ResourceKind.values())
              .filter(k -> k.kind().equals(field.text()) || k.resource().equals(field.text()))
              .toList();
      switch (named.size()) {
        case 0 -> problem(field, "match: \"" + field.text() + "\" is no kind that checks read");
        case 1 -> kinds.add(named.getFirst());
        default ->
            problem(
                field,
                "match: several kinds are called "
                    + field.text()
                    + ": write one of "
                    + String.join(", ", named.stream().map(ResourceKind::resource).toList()));
      }
    }
    return kinds;
  }

  /// A list, or one value in place of a list of one.
  private List<Field> values(String name) {
    var field = root.named(name);
    if (field.isEmpty()) {
      return List.of();
    }
    var values =
        field.get().node() instanceof Node.Scalar ? List.of(field.get()) : field.get().children();
    if (values.isEmpty()) {
      problem(field.get(), name + " is empty");
    }
    return values;
  }

  private <T> @Nullable T parsed(String name, Function<String, T> parser) {
    var field = root.named(name);
    if (field.isPresent()) {
      try {
        return parser.apply(field.get().text());
      } catch (IllegalArgumentException e) {
        problem(field.get(), name + ": " + e.getMessage());
      }
    }
    return null;
  }

  private void problem(Field where, String what) {
    problems.add(where.file() + ":" + where.node().line() + ": " + what);
  }
}
