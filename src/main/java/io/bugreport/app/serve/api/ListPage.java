package io.bugreport.app.serve.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One page of a list. The token for the next one is opaque to clients; it holds the key of the
/// last object, and a mark of the snapshot that it is for.
///
/// @param objects what is on it
/// @param next the token for the next page; empty on the last
/// @param remaining how many objects follow
record ListPage(List<ObjectNode> objects, String next, int remaining) {

  ListPage {
    objects = List.copyOf(objects);
  }

  /// Cuts a page out of a sorted list.
  ///
  /// @param limit at most so many objects; 0 for all
  /// @param token of the page before; empty for the first page
  /// @param mark tells the snapshot and the list from all others
  /// @throws ApiError 410 where the token is none of this list's
  static ListPage of(List<ObjectNode> sorted, long limit, String token, String mark)
      throws ApiError {
    var from = 0;
    if (!token.isEmpty()) {
      var after = lastKey(token, mark);
      while (from < sorted.size() && StoredObjects.key(sorted.get(from)).compareTo(after) <= 0) {
        from++;
      }
    }
    var to = limit <= 0 ? sorted.size() : (int) Math.min(sorted.size(), from + limit);
    var next =
        to < sorted.size() && to > from ? token(mark, StoredObjects.key(sorted.get(to - 1))) : "";
    return new ListPage(sorted.subList(from, to), next, sorted.size() - to);
  }

  private static String token(String mark, String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((mark + "\n" + key).getBytes(StandardCharsets.UTF_8));
  }

  private static String lastKey(String token, String mark) throws ApiError {
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(mark + "\n")) {
        return text.substring(mark.length() + 1);
      }
    } catch (IllegalArgumentException _) {
      // no token of ours: the same answer as to one of another list
    }
    throw new ApiError(
        410,
        "Expired",
        "The provided continue parameter is not one of this list's; start the list without it");
  }
}
