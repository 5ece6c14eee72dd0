package io.bugreport.app.serve.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The kinds that are known without being told: those of Kubernetes, of Istio and of the Gateway
/// API, from `kinds.txt`. They stand in for a discovery document where a snapshot has none.
final class BuiltInKinds {
  private static final List<ApiResource> ALL = load();

  private BuiltInKinds() {}

  /// A line is: group/version, plural, kind, scope, short names, categories, subresources; a dash
  /// where there are none.
  private static List<ApiResource> load() {
    try (var in = BuiltInKinds.class.getResourceAsStream("kinds.txt")) {
      if (in == null) {
        throw new IllegalStateException("kinds.txt is missing from this program's jar");
      }
      List<ApiResource> kinds = new ArrayList<>();
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.isBlank()).map(BuiltInKinds::parse).forEach(kinds::add);
      return List.copyOf(kinds);
    } catch (IOException e) {
      throw new IllegalStateException("kinds.txt cannot be read", e);
    }
  }

  private static ApiResource parse(String line) {
    var words = line.split(" +", -1);
    var slash = words[0].indexOf('/');
    var group = slash < 0 ? "" : words[0].substring(0, slash);
    var version = words[0].substring(slash + 1);
    return new ApiResource(
        group,
        version,
        words[1],
        words[2].toLowerCase(Locale.ROOT),
        words[2],
        words[3].equals("namespaced"),
        ApiResource.READING,
        names(words[4]),
        names(words[5]),
        names(words[6]).stream().map(name -> subresource(group, version, words[2], name)).toList());
  }

  private static List<String> names(String word) {
    return word.equals("-") ? List.of() : List.of(word.split(",", -1));
  }

  private static JsonNode subresource(String group, String version, String kind, String name) {
    var node = JsonText.MAPPER.createObjectNode();
    node.put("subresource", name);
    node.putObject("responseKind")
        .put("group", group)
        .put("version", version)
        .put("kind", name.equals("log") || name.equals("status") ? kind : "");
    node.putArray("verbs").add("get");
    return node;
  }

  /// What every Kubernetes API server has.
  static List<ApiResource> ofKubernetes() {
    return ALL.stream()
        .filter(
            kind ->
                !kind.group().endsWith("istio.io")
                    && !kind.group().equals("gateway.networking.k8s.io"))
        .toList();
  }

  /// All known versions of a kind.
  static List<ApiResource> of(ObjectType type) {
    return ALL.stream().filter(kind -> kind.is(type.group(), type.plural())).toList();
  }

  /// Where an object belongs by its own words.
  static ObjectType typeOf(JsonNode object) {
    var apiVersion = JsonText.text(object, "apiVersion");
    var kind = JsonText.text(object, "kind");
    var slash = apiVersion.indexOf('/');
    var group = slash < 0 ? "" : apiVersion.substring(0, slash);
    Optional<ApiResource> known =
        ALL.stream().filter(k -> k.kind().equals(kind) && k.group().equals(group)).findFirst();
    return new ObjectType(group, known.map(ApiResource::plural).orElseGet(() -> plural(kind)));
  }

  private static String plural(String kind) {
    var lower = kind.toLowerCase(Locale.ROOT);
    if (lower.endsWith("y") && !lower.matches(".*[aeiou]y")) {
      return lower.substring(0, lower.length() - 1) + "ies";
    }
    return lower.matches(".*(s|x|ch|sh)") ? lower + "es" : lower + "s";
  }
}
