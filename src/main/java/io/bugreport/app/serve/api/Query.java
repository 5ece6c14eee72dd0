package io.bugreport.app.serve.api;

import java.util.List;
import org.eclipse.jetty.util.Fields;

/// The parameters of a request.
record Query(Fields fields) {

  boolean has(String name) {
    return fields.getValue(name) != null;
  }

  /// The first value of this name, or empty.
  String get(String name) {
    var value = fields.getValue(name);
    return value == null ? "" : value;
  }

  List<String> all(String name) {
    var values = fields.getValues(name);
    return values == null ? List.of() : values;
  }

  /// Whether it is set to `true` or `1`, as Kubernetes reads flags.
  boolean flag(String name) {
    var value = get(name);
    return value.equals("true") || value.equals("1");
  }

  long number(String name, long absent) throws ApiError {
    var value = get(name);
    if (value.isEmpty()) {
      return absent;
    }
    try {
      var number = Long.parseLong(value);
      if (number >= 0 && number < Integer.MAX_VALUE) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw ApiError.badRequest(name + " is not a number that can be meant: " + value);
  }
}
