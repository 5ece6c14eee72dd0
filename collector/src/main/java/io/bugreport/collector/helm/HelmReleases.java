package io.bugreport.collector.helm;

import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.ItemId;
import io.bugreport.model.snapshot.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Helm's releases, from the Secrets or ConfigMaps that Helm 3 keeps them in: of each the newest
/// revision, the one that is deployed, and all that are pending or have failed.
///
/// Objects come sorted by name, so the revisions of one release come together, and no more than two
/// of them are held.
public final class HelmReleases implements Closeable {
  private static final String SOURCE = "helm";
  private static final Pattern NAME =
      Pattern.compile("sh\\.helm\\.release\\.v1\\.(.+)\\.v(\\d{1,9})");

  /// How the base64 of `[redacted: N bytes]` begins: a snapshot that is replayed has no releases.
  private static final String REDACTED =
      Base64.getEncoder()
          .encodeToString("[redacted: ".getBytes(StandardCharsets.US_ASCII))
          .substring(0, 14);

  private final String cluster;
  private final Ledger ledger;
  private final Evidence evidence;
  private final Map<String, Held> held = new LinkedHashMap<>();

  /// The revisions of the release that is passing, in the list of one kind.
  private static final class Held {
    private final String namespace;
    private final String release;
    private final Map<String, Revision> kept = new LinkedHashMap<>();

    Held(String namespace, String release) {
      this.namespace = namespace;
      this.release = release;
    }
  }

  private record Revision(int number, String data) {}

  public HelmReleases(String cluster, Ledger ledger, Evidence evidence) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.evidence = evidence;
  }

  /// Looks at a Secret or ConfigMap.
  ///
  /// @param kind `Secret` or `ConfigMap`
  /// @param object as the API server sent it
  public synchronized void add(String kind, Node.Mapping object) throws IOException {
    var field = new Field("", "", object);
    var name = NAME.matcher(field.text("metadata.name"));
    var data = field.text("data.release");
    var ours = field.text("metadata.labels.owner").equals("helm") && name.matches();
    if (!ours || data.isEmpty() || data.startsWith(REDACTED)) {
      return;
    }
    var namespace = field.text("metadata.namespace");
    var current = held.get(kind);
    if (current == null
        || !current.namespace.equals(namespace)
        || !current.release.equals(name.group(1))) {
      write(current);
      current = new Held(namespace, name.group(1));
      held.put(kind, current);
    }
    var revision =
        new Revision(Integer.parseInt(name.group(2)), kind.equals("Secret") ? data : base64(data));
    var status = field.text("metadata.labels.status");
    current.kept.merge("newest", revision, HelmReleases::newer);
    if (status.equals("deployed")) {
      current.kept.merge(status, revision, HelmReleases::newer);
    } else if (status.startsWith("pending") || status.equals("failed")) {
      write(current, revision);
    }
  }

  /// A ConfigMap's text as a Secret would have it.
  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Revision newer(Revision a, Revision b) {
    return a.number() > b.number() ? a : b;
  }

  private void write(@Nullable Held release) throws IOException {
    if (release != null) {
      for (var revision : List.copyOf(release.kept.values())) {
        write(release, revision);
      }
    }
  }

  private void write(Held release, Revision revision) throws IOException {
    var file = release.release + ".v" + revision.number();
    var path =
        Layout.cluster(cluster)
            + SOURCE
            + "/"
            + Layout.segment(release.namespace)
            + "/"
            + Layout.segment(file)
            + ".json";
    byte[] content;
    var id = new ItemId(cluster, SOURCE, List.of(release.namespace, file));
    try {
      content = HelmRelease.decode(revision.data());
    } catch (IOException e) {
      if (release.kept.putIfAbsent("unreadable", revision) == null) {
        ledger
            .plan(id, null)
            .finish(Result.nothing(Outcome.FAILED, 0, "cannot be decoded: " + e.getMessage()));
      }
      return;
    }
    try (var out = evidence.open(path)) {
      out.write(content);
    } catch (FileAlreadyExistsException _) {
      return; // The newest one is also the one deployed.
    }
    ledger.plan(id, path).finish(Result.ok(0, content.length));
  }

  /// Writes the last release.
  @Override
  public synchronized void close() throws IOException {
    for (var last : held.values()) {
      write(last);
    }
    held.clear();
  }
}
