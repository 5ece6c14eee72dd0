package io.bugreport.collector.resources;

import io.bugreport.collector.api.ApiException;
import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.api.Failures;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.EvidenceException;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Result;
import io.bugreport.model.resource.Node;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Lists all objects of a kind, page by page, into their files. A page that breaks off is asked for
/// again and goes on after the last object that was kept; so does a list whose continue token has
/// expired.
final class ResourceListing {
  private static final int PAGE = 500;
  private static final String JSON = "application/json";

  private final ApiServer api;
  private final ResourceType type;
  private final Part part;
  private final Item item;
  private final Supplier<Deadline> pageDeadline;
  private final Predicate<ListedObject> wanted;
  private final ObjectListener seen;

  private String token = "";
  private String last = "";
  private boolean restarted;
  private boolean resuming;
  private long bytes;
  private long count;

  /// Which of the objects are asked for.
  ///
  /// @param namespace empty for the whole cluster
  /// @param selector what their labels must say; empty for anything
  record Part(String namespace, String selector) {}

  /// @param pageDeadline begins the time for one page
  /// @param wanted which of the objects are kept
  /// @param seen told of each object that is kept
  ResourceListing(
      ApiServer api,
      ResourceType type,
      Part part,
      Item item,
      Supplier<Deadline> pageDeadline,
      Predicate<ListedObject> wanted,
      ObjectListener seen) {
    this.api = api;
    this.type = type;
    this.part = part;
    this.item = item;
    this.pageDeadline = pageDeadline;
    this.wanted = wanted;
    this.seen = seen;
  }

  /// Collects the list and ends its item.
  ///
  /// @return whether the list is forbidden
  /// @throws EvidenceException when the archive cannot be written
  boolean collect(ObjectFiles files) throws IOException {
    try {
      do {
        token = page(files);
      } while (!token.isEmpty());
      files.endList();
    } catch (EvidenceException e) {
      throw e;
    } catch (IOException e) {
      item.finish(count == 0 ? Failures.nothing(e) : Failures.after(e, 200, bytes, count));
      return e instanceof ApiException api && api.isForbidden();
    }
    item.finish(Result.list(bytes, count));
    return false;
  }

  private String page(ObjectFiles files) throws IOException {
    var deadline = pageDeadline.get();
    try {
      return api.retrying(item, deadline, () -> attempt(files, deadline));
    } catch (ApiException e) {
      if (e.code() == 410 && !restarted) {
        restarted = true;
        resuming = true;
        token = e.continueToken();
        return page(files);
      }
      throw e;
    }
  }

  private String attempt(ObjectFiles files, Deadline deadline) throws IOException {
    try (var response = api.get(path(), JSON, deadline)) {
      try {
        var next = ListPage.read(response.body(), object -> keep(object, files));
        resuming = false;
        return next;
      } catch (IOException e) {
        resuming = true;
        throw e;
      } finally {
        bytes += response.received();
      }
    }
  }

  private void keep(Node.Mapping listed, ObjectFiles files) throws IOException {
    var object = ListedObject.of(type, listed);
    if (object.name().isEmpty() || (resuming && object.key().compareTo(last) <= 0)) {
      return;
    }
    last = object.key();
    if (wanted.test(object)) {
      files.add(object);
      seen.accept(type, listed);
      count++;
    }
  }

  private String path() {
    return type.path(part.namespace())
        + "?limit="
        + PAGE
        + (part.selector().isEmpty()
            ? ""
            : "&labelSelector=" + URLEncoder.encode(part.selector(), StandardCharsets.UTF_8))
        + (token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }
}
