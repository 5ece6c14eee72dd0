package io.bugreport.collector.certificates;

import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Item;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.engine.Result;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.resource.Node;
import io.bugreport.model.snapshot.ItemId;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `certificates.json` of a cluster: summaries of the certificates in its Secrets and ConfigMaps,
/// written while these pass. No key is written; only whether it belongs to its certificate.
public final class CertificateFile implements Closeable {
  private static final String FILE = "certificates";

  private final Evidence evidence;
  private final String path;
  private final Item item;
  private Evidence.@Nullable File file;
  private @Nullable JsonGenerator json;
  private long count;
  private boolean closed;

  /// Plans the file.
  public CertificateFile(String cluster, Ledger ledger, Evidence evidence) {
    this.evidence = evidence;
    this.path = Layout.certificates(cluster);
    this.item = ledger.plan(ItemId.single(cluster, FILE), path);
  }

  /// Adds the certificates of a Secret or ConfigMap.
  ///
  /// @param object as the API server sent it
  public synchronized void add(String kind, Node.Mapping object) throws IOException {
    if (closed) {
      return;
    }
    var summaries = StoredCertificates.of(kind, object);
    try {
      for (var summary : summaries) {
        summary.write(json());
        count++;
      }
    } catch (JacksonException e) {
      throw new IOException("a certificate's summary cannot be written: " + e.getMessage(), e);
    }
  }

  private JsonGenerator json() throws IOException {
    if (json == null) {
      file = evidence.open(path);
      json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), file);
      json.writeStartObject();
      json.writeName("certificates");
      json.writeStartArray();
    }
    return json;
  }

  /// Ends the file and its item.
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (json != null && file != null) {
      try (var _ = file) {
        json.writeEndArray();
        json.writeEndObject();
        json.close();
      }
      item.finish(Result.list(file.bytes(), count));
    } else {
      item.finish(Result.list(0, 0));
    }
  }
}
