package io.bugreport.app.serve.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a review that a client posts: as JSON, or in Kubernetes' protobuf, in which newer versions of
/// kubectl send it. The numbers of fields are those of `k8s.io/api/authorization/v1/generated.proto`.
final class PostedReview {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int UNKNOWN_RAW = 2;
  private static final int REVIEW_SPEC = 2;
  private static final int BYTES = 2;
  private static final List<String> RESOURCE =
      List.of("namespace", "verb", "group", "version", "resource", "subresource", "name");
  private static final List<String> OTHER = List.of("path", "verb");

  private PostedReview() {}

  /// @throws ApiError 415 where it is neither
  static JsonNode read(byte[] body) throws ApiError {
    try {
      return isProtobuf(body)
          ? protobuf(body)
          : JsonText.read("the review", new ByteArrayInputStream(body));
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      throw new ApiError(
          415,
          "UnsupportedMediaType",
          "reviews are read as JSON or Kubernetes' protobuf: " + e.getMessage());
    }
  }

  private static boolean isProtobuf(byte[] body) {
    return body.length >= MAGIC.length && ByteBuffer.wrap(body, 0, 4).equals(ByteBuffer.wrap(MAGIC));
  }

  private static JsonNode protobuf(byte[] body) {
    var review = JsonText.MAPPER.createObjectNode();
    var spec = review.putObject("spec");
    fields(
        ByteBuffer.wrap(body, 4, body.length - 4),
        (outer, raw) -> {
          if (outer == UNKNOWN_RAW) {
            fields(
                raw,
                (field, content) -> {
                  if (field == REVIEW_SPEC) {
                    spec(content, spec);
                  }
                });
          }
        });
    return review;
  }

  /// A rules review has its namespace where an access review has its resource; a namespace is no
  /// message, so the two are told apart by who asks, and only the access review reads this.
  private static void spec(ByteBuffer content, ObjectNode spec) {
    fields(
        content,
        (field, attributes) -> {
          if (field == 1 && looksLikeText(attributes)) {
            spec.put("namespace", text(attributes));
          } else if (field == 1) {
            texts(attributes, RESOURCE, spec.putObject("resourceAttributes"));
          } else if (field == 2) {
            texts(attributes, OTHER, spec.putObject("nonResourceAttributes"));
          }
        });
  }

  private static boolean looksLikeText(ByteBuffer content) {
    return text(content).matches("[a-z0-9-]*") && content.hasRemaining();
  }

  private static void texts(ByteBuffer message, List<String> names, ObjectNode into) {
    fields(
        message,
        (field, value) -> {
          if (field >= 1 && field <= names.size()) {
            into.put(names.get(field - 1), text(value));
          }
        });
  }

  private static String text(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }

  /// Visits the length-delimited fields of a message and passes over all others.
  private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> visitor) {
    while (message.hasRemaining()) {
      var tag = varint(message);
      switch ((int) (tag & 7)) {
        case 0 -> varint(message);
        case 1 -> message.getLong();
        case BYTES -> {
          var length = varint(message);
          if (length < 0 || length > message.remaining()) {
            throw new BufferUnderflowException();
          }
          visitor.accept((int) (tag >>> 3), message.slice(message.position(), (int) length));
          message.position(message.position() + (int) length);
        }
        case 5 -> message.getInt();
        default -> throw new IllegalArgumentException("a field of an unknown type");
      }
    }
  }

  private static long varint(ByteBuffer message) {
    var value = 0L;
    for (var shift = 0; shift < 64; shift += 7) {
      var b = message.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }
}
