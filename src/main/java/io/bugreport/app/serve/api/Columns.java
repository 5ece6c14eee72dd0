package io.bugreport.app.serve.api;

import static io.bugreport.app.serve.api.JsonText.at;
import static io.bugreport.app.serve.api.JsonText.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Which columns a kind has in tables: those that an API server sends for the kinds people look at
/// most, those of its CustomResourceDefinition, or name and age.
final class Columns {
  private final Ages ages;

  Columns(Ages ages) {
    this.ages = ages;
  }

  /// @param definition the kind's CustomResourceDefinition, where it has one
  List<Column> of(ApiResource resource, Optional<? extends JsonNode> definition) {
    List<Column> columns = new ArrayList<>(List.of(Column.ofName()));
    if (definition.isPresent()) {
      columns.addAll(defined(definition.get(), resource.version()));
      return columns;
    }
    var age = Column.age(ages);
    switch (resource.qualified()) {
      case "pods" -> columns.addAll(PodColumns.of(ages));
      case "services" -> columns.addAll(services(age));
      case "deployments.apps" -> columns.addAll(deployments(age));
      case "statefulsets.apps" ->
          columns.addAll(
              List.of(Column.text("Ready", o -> ratio(o, "status", "readyReplicas")), age));
      case "replicasets.apps" ->
          columns.addAll(
              List.of(
                  Column.number("Desired", o -> at(o, "spec", "replicas").asInt(0)),
                  Column.number("Current", o -> at(o, "status", "replicas").asInt(0)),
                  Column.number("Ready", o -> at(o, "status", "readyReplicas").asInt(0)),
                  age));
      case "daemonsets.apps" -> columns.addAll(daemonSets(age));
      case "namespaces" ->
          columns.addAll(List.of(Column.text("Status", o -> text(o, "status", "phase")), age));
      case "nodes" -> columns.addAll(nodes(age));
      case "configmaps" ->
          columns.addAll(
              List.of(
                  Column.number("Data", o -> o.path("data").size() + o.path("binaryData").size()),
                  age));
      case "secrets" ->
          columns.addAll(
              List.of(
                  Column.text("Type", o -> text(o, "type")),
                  Column.number("Data", o -> o.path("data").size()),
                  age));
      case "events", "events.events.k8s.io" -> {
        return EventColumns.of(ages);
      }
      default -> columns.add(age);
    }
    return columns;
  }

  private List<Column> services(Column age) {
    return List.of(
        Column.text("Type", o -> text(o, "spec", "type")),
        Column.text("Cluster-IP", o -> orNone(text(o, "spec", "clusterIP"))),
        Column.text("External-IP", Columns::externalAddress),
        Column.text("Port(s)", Columns::ports),
        age,
        Column.wide("Selector", o -> labels(at(o, "spec", "selector"))));
  }

  private static String externalAddress(JsonNode service) {
    var addresses = new TreeSet<String>();
    for (var ingress : at(service, "status", "loadBalancer", "ingress")) {
      addresses.add(
          text(ingress, "ip").isEmpty() ? text(ingress, "hostname") : text(ingress, "ip"));
    }
    for (var address : at(service, "spec", "externalIPs")) {
      addresses.add(address.asString(""));
    }
    if (text(service, "spec", "type").equals("ExternalName")) {
      addresses.add(text(service, "spec", "externalName"));
    }
    if (addresses.isEmpty()) {
      return text(service, "spec", "type").equals("LoadBalancer") ? "<pending>" : "<none>";
    }
    return String.join(",", addresses);
  }

  private static String ports(JsonNode service) {
    List<String> ports = new ArrayList<>();
    for (var port : at(service, "spec", "ports")) {
      var node = text(port, "nodePort");
      ports.add(
          text(port, "port")
              + (node.isEmpty() || node.equals("0") ? "" : ":" + node)
              + "/"
              + port.path("protocol").asString("TCP"));
    }
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static List<Column> deployments(Column age) {
    return List.of(
        Column.text("Ready", o -> ratio(o, "status", "readyReplicas")),
        Column.number("Up-to-date", o -> at(o, "status", "updatedReplicas").asInt(0)),
        Column.number("Available", o -> at(o, "status", "availableReplicas").asInt(0)),
        age,
        Column.wide("Containers", o -> containers(o, "name")),
        Column.wide("Images", o -> containers(o, "image")),
        Column.wide("Selector", o -> labels(at(o, "spec", "selector", "matchLabels"))));
  }

  private static List<Column> daemonSets(Column age) {
    return List.of(
        Column.number("Desired", o -> at(o, "status", "desiredNumberScheduled").asInt(0)),
        Column.number("Current", o -> at(o, "status", "currentNumberScheduled").asInt(0)),
        Column.number("Ready", o -> at(o, "status", "numberReady").asInt(0)),
        Column.number("Up-to-date", o -> at(o, "status", "updatedNumberScheduled").asInt(0)),
        Column.number("Available", o -> at(o, "status", "numberAvailable").asInt(0)),
        age);
  }

  private static String ratio(JsonNode object, String... ready) {
    return at(object, ready).asInt(0) + "/" + at(object, "spec", "replicas").asInt(1);
  }

  private static String containers(JsonNode object, String field) {
    List<String> texts = new ArrayList<>();
    for (var container : at(object, "spec", "template", "spec", "containers")) {
      texts.add(text(container, field));
    }
    return String.join(",", texts);
  }

  private static List<Column> nodes(Column age) {
    return List.of(
        Column.text("Status", Columns::nodeStatus),
        Column.text("Roles", Columns::nodeRoles),
        age,
        Column.text("Version", o -> text(o, "status", "nodeInfo", "kubeletVersion")),
        Column.wide("Internal-IP", o -> nodeAddress(o, "InternalIP")),
        Column.wide("External-IP", o -> nodeAddress(o, "ExternalIP")),
        Column.wide("OS-Image", o -> text(o, "status", "nodeInfo", "osImage")),
        Column.wide("Kernel-Version", o -> text(o, "status", "nodeInfo", "kernelVersion")),
        Column.wide(
            "Container-Runtime", o -> text(o, "status", "nodeInfo", "containerRuntimeVersion")));
  }

  private static String nodeStatus(JsonNode node) {
    var status = "Unknown";
    for (var condition : at(node, "status", "conditions")) {
      if (text(condition, "type").equals("Ready")) {
        status = text(condition, "status").equals("True") ? "Ready" : "NotReady";
      }
    }
    return at(node, "spec", "unschedulable").asBoolean(false)
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String nodeRoles(JsonNode node) {
    var prefix = "node-role.kubernetes.io/";
    var roles = new TreeSet<String>();
    for (var label : at(node, "metadata", "labels").properties()) {
      if (label.getKey().startsWith(prefix)) {
        roles.add(label.getKey().substring(prefix.length()));
      }
    }
    return orNone(String.join(",", roles));
  }

  private static String nodeAddress(JsonNode node, String type) {
    for (var address : at(node, "status", "addresses")) {
      if (text(address, "type").equals(type)) {
        return text(address, "address");
      }
    }
    return "<none>";
  }

  private static String labels(JsonNode labels) {
    List<String> texts = new ArrayList<>();
    for (var label : labels.properties()) {
      texts.add(label.getKey() + "=" + label.getValue().asString(""));
    }
    return orNone(String.join(",", texts));
  }

  static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private List<Column> defined(JsonNode definition, String version) {
    List<Column> columns = new ArrayList<>();
    for (var offered : at(definition, "spec", "versions")) {
      if (text(offered, "name").equals(version)) {
        for (var column : offered.path("additionalPrinterColumns")) {
          columns.add(defined(column));
        }
      }
    }
    return columns.isEmpty() ? List.of(Column.age(ages)) : columns;
  }

  private Column defined(JsonNode column) {
    var type = text(column, "type");
    var path = text(column, "jsonPath");
    return new Column(
        text(column, "name"),
        type.equals("date") ? "date" : type,
        text(column, "format"),
        column.path("priority").asInt(0),
        object -> {
          var found = JsonPath.find(object, path);
          if (found.isEmpty()) {
            return "";
          }
          var value = found.getFirst();
          if (type.equals("date")) {
            return ages.since(value.asString(""));
          }
          return switch (type) {
            case "integer" -> value.asLong(0);
            case "number" -> value.asDouble(0);
            case "boolean" -> value.asBoolean(false);
            default -> value.isContainer() ? value.toString() : value.asString("");
          };
        });
  }
}
