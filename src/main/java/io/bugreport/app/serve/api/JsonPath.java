package io.bugreport.app.serve.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The part of JSONPath that columns of custom resources use: `.spec.hosts`, `['a.b']`, `[0]`,
/// `[*]`, and `[?(@.type=="Ready")]`.
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.((?:[^.\\[\\]\\\\]|\\\\.)+)"
              + "|\\['((?:[^'\\\\]|\\\\.)+)'\\]"
              + "|\\[(\\d{1,6}|\\*)\\]"
              + "|\\[\\?\\(@((?:\\.[^.=!<> ()]+)+)\\s*(==|!=)\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"')]+))\\)\\]");

  private JsonPath() {}

  /// All values that a path leads to; none where the path is of another kind.
  static List<JsonNode> find(JsonNode root, String path) {
    var text =
        path.startsWith("{") && path.endsWith("}") ? path.substring(1, path.length() - 1) : path;
    List<JsonNode> here = List.of(root);
    var step = STEP.matcher(text);
    var at = 0;
    while (at < text.length()) {
      step.region(at, text.length());
      if (!step.lookingAt()) {
        return List.of();
      }
      List<JsonNode> next = new ArrayList<>();
      for (var node : here) {
        if (step.group(1) != null) {
          var name = step.group(1).replaceAll("\\\\(.)", "$1");
          if (name.equals("*")) {
            next.addAll(node.values());
          } else {
            next.add(node.path(name));
          }
        } else if (step.group(2) != null) {
          next.add(node.path(step.group(2).replaceAll("\\\\(.)", "$1")));
        } else if (step.group(3) != null) {
          if (step.group(3).equals("*")) {
            next.addAll(node.values());
          } else {
            next.add(node.path(Integer.parseInt(step.group(3))));
          }
        } else {
          var expected =
              step.group(6) != null
                  ? step.group(6)
                  : step.group(7) != null ? step.group(7) : step.group(8).strip();
          for (var item : node) {
            var actual = JsonText.text(item, step.group(4).substring(1).split("\\.", -1));
            if (actual.equals(expected) == step.group(5).equals("==")) {
              next.add(item);
            }
          }
        }
      }
      here = next.stream().filter(node -> !node.isMissingNode()).toList();
      at = step.end();
    }
    return here;
  }
}
