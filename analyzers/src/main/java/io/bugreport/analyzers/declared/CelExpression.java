package io.bugreport.analyzers.declared;

import java.util.Map;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.tools.Script;
import org.projectnessie.cel.tools.ScriptException;
import org.projectnessie.cel.tools.ScriptHost;

/// An expression in Google's Common Expression Language over one variable, `object`. Only this
/// class knows the library, so that a run without declared checks does not load it.
final class CelExpression<T> {
  static final String OBJECT = "object";

  private final Script script;
  private final Class<T> type;

  private CelExpression(Script script, Class<T> type) {
    this.script = script;
    this.type = type;
  }

  /// One that is true or false.
  ///
  /// @throws IllegalArgumentException when it is no such expression
  static CelExpression<Boolean> condition(String text) {
    compile(text); // where the mistake is in the text itself, it is told without what follows
    return new CelExpression<>(compile("(" + text + "\n) ? true : false"), Boolean.class);
  }

  /// One that becomes text.
  ///
  /// @throws IllegalArgumentException when it is no such expression
  static CelExpression<String> text(String text) {
    compile(text);
    return new CelExpression<>(compile("string(" + text + "\n)"), String.class);
  }

  private static Script compile(String text) {
    try {
      return ScriptHost.newBuilder()
          .build()
          .buildScript(text)
          .withDeclarations(Decls.newVar(OBJECT, Decls.Dyn))
          .build();
    } catch (ScriptException e) {
      throw new IllegalArgumentException(firstLine(e), e);
    }
  }

  /// Its value for an object.
  ///
  /// @throws IllegalArgumentException when it has none: the object lacks a field, or a value has
  ///   another type
  T of(Map<String, ?> object) {
    try {
      return script.execute(type, Map.of(OBJECT, object));
    } catch (ScriptException e) {
      var why = firstLine(e);
      // The library names its own inner trees here.
      var absent = why.contains("undeclared reference") || why.contains("no such key");
      throw new IllegalArgumentException(
          absent ? "the object lacks a field that it reads" : why, e);
    }
  }

  private static String firstLine(ScriptException problem) {
    return String.valueOf(problem.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("it cannot be evaluated")
        .replaceFirst("^.*?ERROR: <input>:\\d+:\\d+: ", "");
  }
}
