package io.bugreport.analyzers.cel;

import java.util.Map;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.extension.StringsLib;
import org.projectnessie.cel.tools.Script;
import org.projectnessie.cel.tools.ScriptException;
import org.projectnessie.cel.tools.ScriptHost;

/// An expression in Google's Common Expression Language over one variable. Only this class knows
/// the library, so that a run without such expressions does not load it.
public final class CelExpression<T> {
  private static final String OBJECT = "object";
  private static final String SELF = "self";

  private final Script script;
  private final String variable;
  private final Class<T> type;

  private CelExpression(Script script, String variable, Class<T> type) {
    this.script = script;
    this.variable = variable;
    this.type = type;
  }

  /// One about `object` that is true or false.
  ///
  /// @throws IllegalArgumentException when it is no such expression
  public static CelExpression<Boolean> condition(String text) {
    return condition(text, OBJECT);
  }

  /// A rule of a definition about `self`. Of what Kubernetes adds to CEL it knows the functions of
  /// strings, such as `split`.
  ///
  /// @throws IllegalArgumentException when it is no such expression
  public static CelExpression<Boolean> rule(String text) {
    return condition(text, SELF);
  }

  private static CelExpression<Boolean> condition(String text, String variable) {
    compile(text, variable); // where the mistake is in the text itself, it is told without more
    var script = compile("(" + text + "\n) ? true : false", variable);
    return new CelExpression<>(script, variable, Boolean.class);
  }

  /// One about `object` that becomes text.
  ///
  /// @throws IllegalArgumentException when it is no such expression
  public static CelExpression<String> text(String text) {
    compile(text, OBJECT);
    var script = compile("string(" + text + "\n)", OBJECT);
    return new CelExpression<>(script, OBJECT, String.class);
  }

  private static Script compile(String text, String variable) {
    try {
      return ScriptHost.newBuilder()
          .build()
          .buildScript(text)
          .withDeclarations(Decls.newVar(variable, Decls.Dyn))
          .withLibraries(new StringsLib())
          .build();
    } catch (ScriptException e) {
      throw new IllegalArgumentException(firstLine(e), e);
    }
  }

  /// Its value for an object, or for another plain value.
  ///
  /// @throws IllegalArgumentException when it has none: the object lacks a field, or a value has
  ///   another type
  public T of(Object value) {
    try {
      return script.execute(type, Map.of(variable, value));
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
