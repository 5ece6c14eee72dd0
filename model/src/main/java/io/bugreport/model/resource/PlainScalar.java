package io.bugreport.model.resource;

import java.util.regex.Pattern;

/// What a scalar without quotes means, as Kubernetes reads it: YAML 1.1 (so `yes` and `on` are
/// true), but for `y`, `n` and base-60 numbers.
final class PlainScalar {
  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*"
              + "|(?:[0-9][0-9_]*)?\\.?[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+\\.(?:[eE][-+]?[0-9]+)?"
              + "|\\.(?:inf|Inf|INF))|\\.(?:nan|NaN|NAN)");

  private PlainScalar() {}

  /// @param tag the tag in front of it, or empty
  /// @param plain whether it stands without quotes
  static Node.Scalar.Type type(String text, String tag, boolean plain) {
    return switch (tag) {
      case STANDARD_TAG + "int", STANDARD_TAG + "float" -> Node.Scalar.Type.NUMBER;
      case STANDARD_TAG + "bool" -> Node.Scalar.Type.BOOLEAN;
      case STANDARD_TAG + "null" -> Node.Scalar.Type.NULL;
      case "" -> plain ? plainType(text) : Node.Scalar.Type.STRING;
      default -> Node.Scalar.Type.STRING;
    };
  }

  private static Node.Scalar.Type plainType(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Node.Scalar.Type.NULL;
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" ->
          Node.Scalar.Type.BOOLEAN;
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" ->
          Node.Scalar.Type.BOOLEAN;
      default ->
          mayBeNumber(text.charAt(0)) && NUMBER.matcher(text).matches()
              ? Node.Scalar.Type.NUMBER
              : Node.Scalar.Type.STRING;
    };
  }

  private static boolean mayBeNumber(char first) {
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }

  /// The one spelling of what was said in several: `true`, `false`, and nothing for null.
  static String text(String text, Node.Scalar.Type type) {
    return switch (type) {
      case STRING, NUMBER -> text;
      case NULL -> "";
      case BOOLEAN ->
          switch (text) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> "true";
            default -> "false";
          };
    };
  }
}
