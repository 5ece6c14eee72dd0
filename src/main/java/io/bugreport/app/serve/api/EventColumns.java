package io.bugreport.app.serve.api;

import static io.bugreport.app.serve.api.JsonText.text;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The columns of events, in either of their versions.
final class EventColumns {
  private EventColumns() {}

  static List<Column> of(Ages ages) {
    return List.of(
        Column.text("Last Seen", event -> ages.since(lastSeen(event))),
        Column.text("Type", event -> text(event, "type")),
        Column.text("Reason", event -> text(event, "reason")),
        Column.text("Object", EventColumns::object),
        Column.wide("Subobject", event -> text(about(event), "fieldPath")),
        Column.wide("Source", EventColumns::source),
        Column.text("Message", event -> first(text(event, "message"), text(event, "note")).strip()),
        Column.wide("First Seen", event -> ages.since(firstSeen(event))),
        Column.wide("Count", event -> first(text(event, "count"), "1")),
        new Column("Name", "string", "name", 1, StoredObjects::name));
  }

  private static JsonNode about(JsonNode event) {
    return event.has("regarding") ? event.path("regarding") : event.path("involvedObject");
  }

  private static String object(JsonNode event) {
    var about = about(event);
    return text(about, "kind").toLowerCase(Locale.ROOT) + "/" + text(about, "name");
  }

  private static String source(JsonNode event) {
    return first(text(event, "source", "component"), text(event, "reportingComponent"));
  }

  private static String lastSeen(JsonNode event) {
    return first(
        text(event, "series", "lastObservedTime"),
        text(event, "lastTimestamp"),
        text(event, "eventTime"),
        text(event, "metadata", "creationTimestamp"));
  }

  private static String firstSeen(JsonNode event) {
    return first(
        text(event, "firstTimestamp"),
        text(event, "eventTime"),
        text(event, "metadata", "creationTimestamp"));
  }

  private static String first(String... texts) {
    for (var text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
