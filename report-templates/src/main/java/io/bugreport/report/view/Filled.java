package io.bugreport.report.view;

import io.bugreport.model.resource.ResourceId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The commands of a fix with the names of the object that it is for, so that they can be pasted as
/// they are. What is not certain stays a placeholder in capitals.
final class Filled {
  private static final Pattern COMMAND = Pattern.compile("\\b(kubectl|istioctl|helm) ");
  private static final Pattern NAMESPACE = Pattern.compile("(?<![-\\w])NAMESPACE(?![-\\w])");
  private static final Pattern POD = Pattern.compile("\\bPOD\\b");
  private static final Pattern KIND = Pattern.compile("\\bKIND NAME\\b");

  /// What a Kubernetes name looks like (RFC 1123). Anything else came from a hostile archive and
  /// has no place in a shell.
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  private Filled() {}

  /// Fills in what an object makes certain: its namespace, its own name after its kind, and the
  /// name of a pod.
  static String of(String markdown, ResourceId id) {
    var namespace = id.kind().equals("Namespace") ? id.name() : id.namespace();
    if (!isName(id.name())) {
      return markdown;
    }
    return markdown
        .lines()
        .map(line -> COMMAND.matcher(line).find() ? command(line, id, namespace) : line)
        .collect(Collectors.joining("\n"));
  }

  private static String command(String line, ResourceId id, String namespace) {
    var kind = id.kind().toLowerCase(Locale.ROOT);
    var filled = put(KIND, line, kind + " NAME");
    filled =
        put(Pattern.compile("(?i)(?<=\\b" + Pattern.quote(kind) + " )NAME\\b"), filled, id.name());
    if (id.kind().equals("Pod")) {
      filled = put(POD, filled, id.name());
    }
    // A pod that is not named here may be of another namespace than the object.
    return isName(namespace) && !POD.matcher(filled).find()
        ? put(NAMESPACE, filled, namespace)
        : filled;
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static String put(Pattern placeholder, String line, String value) {
    return placeholder.matcher(line).replaceAll(Matcher.quoteReplacement(value));
  }
}
