package io.bugreport.app.serve.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers get, list and watch.
final class ObjectRequests {
  private final ClusterApi api;

  ObjectRequests(ClusterApi api) {
    this.api = api;
  }

  void answer(Exchange exchange, ApiPath path, ApiResource resource) throws IOException, ApiError {
    if (!path.name().isEmpty()) {
      get(exchange, path, resource);
    } else if (exchange.query().flag("watch")) {
      watch(exchange, path, resource);
    } else {
      list(exchange, path, resource);
    }
  }

  private Rendering rendering(Exchange exchange, ApiResource resource) throws ApiError {
    return new Rendering(
        resource,
        exchange.accept(),
        new Ages(api.collectedAt()),
        api.definition(resource),
        exchange.query().get("includeObject"));
  }

  private void get(Exchange exchange, ApiPath path, ApiResource resource)
      throws IOException, ApiError {
    var object = api.find(resource, path.namespace(), path.name());
    if (object == null) {
      var gaps = api.coverage().gaps(type(resource), path.namespace());
      gaps.forEach(exchange::warn);
      throw ApiError.notFound(resource, path.name());
    }
    exchange.json(200, rendering(exchange, resource).one(object));
  }

  private static ObjectType type(ApiResource resource) {
    return new ObjectType(resource.group(), resource.plural());
  }

  /// The objects that a list or watch is about.
  private List<ObjectNode> selected(Exchange exchange, ApiPath path, ApiResource resource)
      throws ApiError {
    var labels = LabelSelector.parse(exchange.query().get("labelSelector"));
    var fields = FieldSelector.parse(exchange.query().get("fieldSelector"), resource);
    var found = api.all(resource);
    List<ObjectNode> inScope = new ArrayList<>();
    for (var object : found.objects()) {
      if (path.namespace().isEmpty() || StoredObjects.namespace(object).equals(path.namespace())) {
        inScope.add(object);
      }
    }
    if (inScope.isEmpty()) {
      var failure = api.coverage().failure(type(resource), path.namespace());
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
    found.problems().forEach(exchange::warn);
    api.coverage().gaps(type(resource), path.namespace()).forEach(exchange::warn);
    return inScope.stream().filter(labels::matches).filter(fields::matches).toList();
  }

  private void list(Exchange exchange, ApiPath path, ApiResource resource)
      throws IOException, ApiError {
    var query = exchange.query();
    var selected = selected(exchange, path, resource);
    var page =
        ListPage.of(
            selected,
            query.number("limit", 0),
            query.get("continue"),
            api.resourceVersion() + " " + resource.qualified() + " " + path.namespace());
    var metadata = JsonText.MAPPER.createObjectNode().put("resourceVersion", api.resourceVersion());
    if (!page.next().isEmpty()) {
      metadata.put("continue", page.next());
      if (query.get("labelSelector").isEmpty() && query.get("fieldSelector").isEmpty()) {
        metadata.put("remainingItemCount", page.remaining());
      }
    }
    exchange.json(200, rendering(exchange, resource).many(page.objects(), metadata));
  }

  private void watch(Exchange exchange, ApiPath path, ApiResource resource)
      throws IOException, ApiError {
    var query = exchange.query();
    var version = query.get("resourceVersion");
    var initialEvents = query.flag("sendInitialEvents");
    var selected =
        initialEvents || version.isEmpty() || version.equals("0")
            ? selected(exchange, path, resource)
            : List.<ObjectNode>of();
    var timeout = query.number("timeoutSeconds", Duration.ofDays(1).toSeconds());
    var rendering = rendering(exchange, resource);
    exchange.lasting();
    exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    try (var out = exchange.body()) {
      var first = true;
      for (var object : selected) {
        send(out, "ADDED", rendering.event(object, first));
        first = false;
      }
      if (initialEvents) {
        send(out, "BOOKMARK", bookmark(resource));
      }
      out.flush();
      exchange.waitForClient(Duration.ofSeconds(timeout));
    }
    exchange.callback().succeeded();
  }

  private ObjectNode bookmark(ApiResource resource) {
    var bookmark =
        JsonText.MAPPER
            .createObjectNode()
            .put("kind", resource.kind())
            .put("apiVersion", resource.apiVersion());
    bookmark
        .putObject("metadata")
        .put("resourceVersion", api.resourceVersion())
        .putObject("annotations")
        .put("k8s.io/initial-events-end", "true");
    return bookmark;
  }

  private static void send(OutputStream out, String type, JsonNode object) throws IOException {
    var event = JsonText.MAPPER.createObjectNode().put("type", type);
    event.set("object", object);
    out.write(JsonText.MAPPER.writeValueAsBytes(event));
    out.write('\n');
  }
}
