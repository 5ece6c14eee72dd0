package io.bugreport.analyzers.declared;

import io.bugreport.model.check.CheckDefinition;
import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The checks of one file, one in each document.
///
/// @param checks those that nothing is wrong with
/// @param problems what is wrong with the others, each as `file:line: what`
public record DeclaredChecks(List<CheckDefinition> checks, List<String> problems) {

  public DeclaredChecks {
    checks = List.copyOf(checks);
    problems = List.copyOf(problems);
  }

  /// Reads a file.
  ///
  /// @param path its name, for messages
  /// @throws IOException when it cannot be read, or is no YAML
  public static DeclaredChecks read(String path, InputStream in) throws IOException {
    List<CheckDefinition> checks = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    DocumentReader.read(
        path,
        in,
        node -> {
          if (node instanceof Node.Scalar(_, var type, _, _) && type == Node.Scalar.Type.NULL) {
            return; // nothing between two separators
          }
          var declaration = new Declaration(new Field(path, "", node));
          declaration.check().ifPresent(checks::add);
          problems.addAll(declaration.problems());
        });
    if (checks.isEmpty() && problems.isEmpty()) {
      problems.add(path + ":1: it holds no check");
    }
    return new DeclaredChecks(checks, problems);
  }
}
