package io.bugreport.analyzers.declared;

import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One document of a file of declared checks, on its way to a check. It notes every problem, not
/// the first alone.
final class Declaration {
  private static final Set<String> REQUIRED =
      Set.of("id", "codes", "title", "severity", "why", "fix", "match", "condition", "message");
  private static final String AT = "at";
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
    for (var field : root.children()) {
      if (!REQUIRED.contains(field.path()) && !field.path().equals(AT)) {
        problem(field, field.path() + " is no field of a check");
      }
    }
    REQUIRED.stream()
        .sorted()
        .filter(name -> mapping.get(name) == null)
        .forEach(name -> problem(root, name + " is missing"));
    var id = texts("id", ID, "lower-case words joined by hyphens, such as gateway-without-tls");
    var codes = texts("codes", CODE, "capitals and digits, such as ACME-01");
    var kinds = kinds();
    var severity = parsed("severity", Declaration::severity);
    var condition = parsed("condition", CelExpression::condition);
    var message = parsed("message", Declaration::message);
    if (!problems.isEmpty() || severity == null || condition == null || message == null) {
      return Optional.empty();
    }
    var page = root.text("why").strip() + "\n\n## Fix\n\n" + root.text("fix").strip() + "\n";
    return Optional.of(
        new CheckDefinition(
            id.getFirst(),
            codes,
            root.text("title"),
            severity,
            kinds,
            List.of(),
            "",
            page,
            new DeclaredAnalyzer(kinds, condition, message, root.text(AT)),
            true,
            List.of()));
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
