package io.bugreport.collector.redaction.rules;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Rules that a user wrote, ready to run behind those of this program. For many threads.
public final class UserRules {
  private static final int KEY_BYTES = 32;

  private final List<UserRule> rules;
  private final byte[] key = new byte[KEY_BYTES];

  /// What a file of rules is found to be.
  ///
  /// @param rules those that can be used
  /// @param names of the rules
  /// @param problems what is wrong with the others, each as `file:line: what`
  public record Read(UserRules rules, List<String> names, List<String> problems) {
    public Read {
      names = List.copyOf(names);
      problems = List.copyOf(problems);
    }
  }

  /// Told of what a rule replaces.
  @FunctionalInterface
  public interface Count {
    /// A value is replaced.
    ///
    /// @param text where the value stands
    void add(String rule, CharSequence text, int from, int to);
  }

  private UserRules(List<UserRule> rules) {
    this.rules = List.copyOf(rules);
    new SecureRandom().nextBytes(key);
  }

  /// No rules.
  public static UserRules none() {
    return new UserRules(List.of());
  }

  /// Reads a file of rules.
  ///
  /// @throws IOException when it cannot be read, or is no YAML
  public static Read read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    }
  }

  /// Reads rules: a list of them, in YAML.
  ///
  /// @param path the file's name, for messages
  public static Read read(String path, InputStream in) throws IOException {
    List<UserRule> rules = new ArrayList<>();
    var problems = new Problems(path);
    DocumentReader.read(
        path.endsWith(".json") ? path : path + ".yaml",
        in,
        node -> {
          if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
              new Declaration(item, problems).rule(rules).ifPresent(rules::add);
            }
          } else {
            problems.add(node, "a list of rules is expected here, each with a name");
          }
        });
    if (rules.isEmpty() && problems.all().isEmpty()) {
      problems.add(1, "it holds no rule");
    }
    return new Read(
        new UserRules(rules), rules.stream().map(UserRule::name).toList(), problems.all());
  }

  /// Wraps an entry's stream.
  ///
  /// @param count told of each value replaced
  public OutputStream redact(String path, Count count, OutputStream out) {
    var fitting = rules.stream().filter(rule -> rule.isFor(path)).toList();
    return fitting.isEmpty() ? out : new RuleStream(new Replacement(fitting, key, count), out);
  }
}
