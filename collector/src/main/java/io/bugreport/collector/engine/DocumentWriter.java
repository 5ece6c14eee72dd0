package io.bugreport.collector.engine;

import io.bugreport.model.resource.Node;
import tools.jackson.core.JsonGenerator;

/// Writes documents that were read, every scalar with its type.
public final class DocumentWriter {
  private DocumentWriter() {}

  /// Writes a value in any format that a generator has.
  public static void write(Node node, JsonGenerator to) {
    switch (node) {
      case Node.Mapping mapping -> {
        to.writeStartObject();
        mapping
            .fields()
            .forEach(
                (name, value) -> {
                  to.writeName(name);
                  write(value, to);
                });
        to.writeEndObject();
      }
      case Node.Sequence sequence -> {
        to.writeStartArray();
        sequence.items().forEach(item -> write(item, to));
        to.writeEndArray();
      }
      case Node.Scalar scalar -> {
        switch (scalar.type()) {
          case STRING -> to.writeString(scalar.text());
          case NUMBER -> to.writeNumber(scalar.text());
          case BOOLEAN -> to.writeBoolean(Boolean.parseBoolean(scalar.text()));
          case NULL -> to.writeNull();
        }
      }
    }
  }
}
