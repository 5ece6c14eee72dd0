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

/// Reads a review that a client posts: as JSON, or in Kubernetes' protobuf, in which newer versions
/// of kubectl send it. The numbers of fields are those of
/// `k8s.io/api/authorization/v1/generated.proto`.
final class PostedReview {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int UNKNOWN_RAW = 2;
  private static final int REVIEW_SPEC = 2;
  private static final int BYTES = 2;
  private static final List<String> RESOURCE =
      List.of("namespace", "verb", "group", "version", "resource", "subresource", "name");
  private static final List<String> OTHER = List.of("path", "verb");

  private PostedReview() {}

  /// Reads a posted body.
  ///
  /// @param plural which kind of review it is, as in the URL
  /// @throws ApiError 415 where it is neither
  static JsonNode read(String plural, byte[] body) throws ApiError {
    try {
      return isProtobuf(body)
          ? protobuf(plural, body)
          : JsonText.read("the review", new ByteArrayInputStream(body));
    } catch (BufferUnderflowException e) {
      throw unreadable("it is cut off");
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static ApiError unreadable(String why) {
    return new ApiError(
        415, "UnsupportedMediaType", "reviews are read as JSON or Kubernetes' protobuf: " + why);
  }

  private static boolean isProtobuf(byte[] body) {
    return body.length >= MAGIC.length
        && ByteBuffer.wrap(body, 0, 4).equals(ByteBuffer.wrap(MAGIC));
  }

  private static JsonNode protobuf(String plural, byte[] body) {
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
                    spec(plural, content, spec);
                  }
                });
          }
        });
    return review;
  }

  private static void spec(String plural, ByteBuffer content, ObjectNode spec) {
    fields(
        content,
        (field, value) -> {
          if (field == 1 && plural.equals("selfsubjectrulesreviews")) {
            spec.put("namespace", text(value));
          } else if (field == 1) {
            texts(value, RESOURCE, spec.putObject("resourceAttributes"));
          } else if (field == 2) {
            texts(value, OTHER, spec.putObject("nonResourceAttributes"));
          }
        });
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
            throw new IllegalArgumentException("a field is longer than its message");
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
