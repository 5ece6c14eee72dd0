package io.bugreport.model.envoy;

import io.bugreport.model.resource.Field;
import java.util.List;
import java.util.Optional;

/// Fields of a message that was written as protobuf JSON. Envoy writes names as in the `.proto`
/// file (`error_state`), tools that read and write it again make them lowerCamelCase
/// (`errorState`); both are found.
public final class ProtoJson {
  private ProtoJson() {}

  /// The value at a path of `.proto` names, joined by dots.
  public static Optional<Field> field(Field from, String path) {
    var here = Optional.of(from);
    for (var name : path.split("\\.", -1)) {
      here = here.flatMap(field -> field.named(name).or(() -> field.named(camelCase(name))));
    }
    return here;
  }

  /// What the value at a path says; empty where there is none.
  public static String text(Field from, String path) {
    return field(from, path).map(Field::text).orElse("");
  }

  /// The items of the array at a path.
  public static List<Field> items(Field from, String path) {
    return field(from, path).map(Field::children).orElse(List.of());
  }

  static String camelCase(String name) {
    var text = new StringBuilder();
    var upper = false;
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (c == '_') {
        upper = true;
      } else {
        text.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return text.toString();
  }

  /// A name as it stands in the `.proto` file.
  static String snakeCase(String name) {
    var text = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        text.append('_').append(Character.toLowerCase(c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
