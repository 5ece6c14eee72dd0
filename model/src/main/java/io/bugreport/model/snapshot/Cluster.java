package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.endpoint.ProxyId;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceId;
import io.bugreport.model.resource.ResourceKind;
import io.bugreport.model.resource.ResourceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/// One cluster of a snapshot. Objects are parsed when they are first asked for, and kept.
public final class Cluster {
  private final String name;
  private final ArchiveReader archive;
  private final boolean loose;
  private final SequencedSet<String> files;
  private final Map<String, List<String>> filesOfKind = new HashMap<>();
  private final Map<Endpoint, List<Answer>> answers = new HashMap<>();
  private final Map<ResourceKind, List<Resource>> parsed = new HashMap<>();
  private @Nullable List<StoredCertificate> certificates;

  private Cluster(String name, ArchiveReader archive, boolean loose, SequencedSet<String> files) {
    this.name = name;
    this.archive = archive;
    this.loose = loose;
    this.files = files;
  }

  static Cluster inLayout(String name, ArchiveReader archive, SequencedSet<String> files) {
    var cluster = new Cluster(name, archive, false, files);
    cluster.index();
    return cluster;
  }

  static Cluster ofLooseFiles(String name, ArchiveReader archive, SequencedSet<String> files) {
    return new Cluster(name, archive, true, files);
  }

  private void index() {
    var namespacesWithPods = new HashSet<String>();
    for (var path : files) {
      Layout.objectFile(path)
          .ifPresent(
              file -> {
                filesOfKind
                    .computeIfAbsent(key(file.group(), file.plural()), _ -> new ArrayList<>())
                    .add(path);
                if (key(file.group(), file.plural()).equals("/pods")) {
                  namespacesWithPods.add(file.namespace());
                }
              });
    }
    for (var path : files) {
      Layout.containerFile(path).ifPresent(file -> indexAnswer(path, file));
      // Must-gathers of other tools may hold pods nowhere else.
      Layout.podFile(path)
          .filter(namespace -> !namespacesWithPods.contains(namespace))
          .ifPresent(_ -> filesOfKind.computeIfAbsent("/pods", _ -> new ArrayList<>()).add(path));
    }
  }

  private void indexAnswer(String path, Layout.ContainerFile file) {
    for (var endpoint : Endpoint.values()) {
      Optional<ProxyId> about = endpoint.proxyOf(file.file());
      if (about.isPresent() || (!endpoint.isPerProxy() && endpoint.file().equals(file.file()))) {
        answers
            .computeIfAbsent(endpoint, _ -> new ArrayList<>())
            .add(new Answer(archive, path, file, endpoint, about));
        return;
      }
    }
  }

  private static String key(String group, String plural) {
    return group + "/" + plural;
  }

  public String name() {
    return name;
  }

  /// The paths of all its files.
  public SequencedSet<String> files() {
    return files;
  }

  /// All objects of a kind, sorted by namespace and name.
  ///
  /// @throws IOException when a file that holds some of them cannot be read
  public synchronized List<Resource> all(ResourceKind kind) throws IOException {
    if (loose && parsed.isEmpty()) {
      parseLoose();
    }
    var known = parsed.get(kind);
    if (known == null) {
      List<Resource> resources = new ArrayList<>();
      if (!loose) {
        for (var path : filesOfKind.getOrDefault(key(kind.group(), kind.plural()), List.of())) {
          try (var in = archive.open(path)) {
            ResourceReader.read(name, path, in, resources::add);
          }
        }
      }
      // A list and a file of its own may hold the same object, as in other tools' must-gathers.
      var once = new LinkedHashMap<ResourceId, Resource>();
      resources.forEach(resource -> once.putIfAbsent(resource.id(), resource));
      known = sorted(once.values());
      parsed.put(kind, known);
    }
    return known;
  }

  /// The objects of a file up to where it cannot be read.
  private record Parsed(List<Resource> resources, @Nullable IOException problem) {}

  private void parseLoose() throws IOException {
    Map<ResourceKind, List<Resource>> found = new HashMap<>();
    var cores = Runtime.getRuntime().availableProcessors();
    try (var all = files.stream().gather(Gatherers.mapConcurrent(cores + 1, this::parse))) {
      for (var parsing = all.iterator(); parsing.hasNext(); ) {
        var file = parsing.next();
        if (file.problem != null) {
          throw file.problem;
        }
        for (var resource : file.resources) {
          resource
              .kind()
              .ifPresent(kind -> found.computeIfAbsent(kind, _ -> new ArrayList<>()).add(resource));
        }
      }
    }
    for (var kind : ResourceKind.values()) {
      parsed.put(kind, sorted(found.getOrDefault(kind, List.of())));
    }
  }

  private Parsed parse(String path) {
    List<Resource> resources = new ArrayList<>();
    try (var in = archive.open(path)) {
      ResourceReader.read(name, path, in, resources::add);
      return new Parsed(resources, null);
    } catch (IOException e) {
      return new Parsed(resources, e);
    }
  }

  private static List<Resource> sorted(Collection<Resource> resources) {
    return resources.stream().sorted(Comparator.comparing(Resource::id)).toList();
  }

  /// Summaries of the certificates in Secrets and ConfigMaps.
  ///
  /// @return none where they were not collected
  public synchronized List<StoredCertificate> certificates() throws IOException {
    if (certificates == null) {
      certificates = loose ? List.of() : List.copyOf(StoredCertificate.read(archive, name));
    }
    return certificates;
  }

  /// What the containers of this cluster answered at an endpoint, sorted by namespace, pod and
  /// container.
  public List<Answer> answers(Endpoint endpoint) {
    return List.copyOf(answers.getOrDefault(endpoint, List.of()));
  }
}
