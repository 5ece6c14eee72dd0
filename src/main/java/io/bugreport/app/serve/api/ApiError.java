package io.bugreport.app.serve.api;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An answer that is not what was asked for, as Kubernetes says it: a `Status` object.
final class ApiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  ApiError(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static ApiError badRequest(String message) {
    return new ApiError(400, "BadRequest", message);
  }

  /// A path that the API does not have.
  static ApiError noSuchPath() {
    return new ApiError(404, "NotFound", "the server could not find the requested resource");
  }

  /// An object that the snapshot does not hold: `pods "nope" not found`.
  static ApiError notFound(ApiResource resource, String name) {
    return new ApiError(404, "NotFound", resource.qualified() + " \"" + name + "\" not found");
  }

  static ApiError readOnly(String method) {
    return new ApiError(
        405,
        "MethodNotAllowed",
        method
            + " is not possible: this API server replays a snapshot (bug-report serve), and a"
            + " snapshot is read-only");
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }

  ObjectNode status() {
    var status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status
        .put("status", "Failure")
        .put("message", getMessage())
        .put("reason", reason)
        .put("code", code);
  }
}
