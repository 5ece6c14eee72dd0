package io.bugreport.report;

import io.bugreport.report.view.Table;
import io.bugreport.report.view.Table.Cell;
import io.bugreport.report.view.Table.Row;
import io.bugreport.report.view.Visible;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// The rows of a long table, compressed: the page's script unpacks them when they are asked for.
///
/// It holds an array of rows, each of them the row's namespace and then its cells: a text, or an
/// object of `t` (text), `m` (tone), `s` (what it is sorted by) and `r` (links to cards).
///
/// @param table whose rows they are
/// @param rows how many of them
/// @param text gzip in base64, in lines
public record Pack(Table table, int rows, String text) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LINE = 76;

  /// The anchor of its element.
  public String id() {
    return "d-" + table.id();
  }

  /// Packs as many rows as fit, by the rule of [Table#shown(int)].
  ///
  /// @param room how many characters it may have
  static Pack of(Table table, int room) throws IOException {
    var count = table.all();
    while (true) {
      var text = text(table.shown(count));
      if (text.length() <= room || count == 0) {
        return new Pack(table, count, text);
      }
      count = (int) Math.min(count - 1L, count * (long) room / text.length() * 9 / 10);
    }
  }

  private static String text(List<Row> rows) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes);
        var json = JSON.createGenerator(zip)) {
      json.writeStartArray();
      for (var row : rows) {
        json.writeStartArray();
        json.writeString(Visible.text(row.namespace()));
        row.cells().forEach(cell -> write(json, cell));
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    // Lines are short, so that no rule of redaction takes them for one long secret.
    return Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes.toByteArray());
  }

  private static void write(JsonGenerator json, Cell cell) {
    var text = Visible.text(cell.text());
    if (!cell.tone().isMarked() && cell.sort().isEmpty() && cell.references().isEmpty()) {
      json.writeString(text);
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("t", text);
    if (cell.tone().isMarked()) {
      json.writeStringProperty("m", cell.tone().word());
    }
    if (!cell.sort().isEmpty()) {
      json.writeStringProperty("s", cell.sort());
    }
    if (!cell.references().isEmpty()) {
      json.writeArrayPropertyStart("r");
      for (var reference : cell.references()) {
        json.writeStartArray();
        json.writeString(Visible.text(reference.text()));
        json.writeString(reference.link().href());
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
