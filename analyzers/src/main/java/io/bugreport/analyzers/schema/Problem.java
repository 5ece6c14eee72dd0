package io.bugreport.analyzers.schema;

import io.bugreport.model.resource.Field;

/// Something that is wrong with a field.
///
/// @param where the field, or the one that should hold it
/// @param message a sentence that names the field
/// @param isError whether Istio or the API server refuses it; otherwise it is taken, and does not
///   do what it seems to
record Problem(Field where, String message, boolean isError) {

  static Problem error(Field where, String message) {
    return new Problem(where, message, true);
  }

  static Problem warning(Field where, String message) {
    return new Problem(where, message, false);
  }
}
