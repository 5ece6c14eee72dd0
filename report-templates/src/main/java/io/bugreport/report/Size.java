package io.bugreport.report;

import io.bugreport.report.view.Table;
import io.bugreport.report.view.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// How much of its tables a page holds: so many rows of each as HTML, the others compressed, as far
/// as there is room. Findings are never cut.
public final class Size {
  /// A compressed table has at most so many characters.
  static final int PACK = 4_000_000;

  private final int limit;
  private final long most;
  private final SequencedMap<String, Pack> packs = new LinkedHashMap<>();
  private final List<Table> tables;

  private Size(int limit, long most, List<Table> tables) {
    this.limit = limit;
    this.most = most;
    this.tables = List.copyOf(tables);
  }

  /// A page of HTML alone.
  static Size of(int limit, long most, List<Table> tables) {
    return new Size(limit, most, tables);
  }

  /// The same page with compressed rows in the room that is left.
  ///
  /// @param used how many bytes it has without them
  Size filled(long used) throws IOException {
    var filled = new Size(limit, most, tables);
    var room = most - used;
    for (var table : tables) {
      if (table.all() > limit) {
        var pack = Pack.of(table, (int) Math.max(0, Math.min(PACK, room - 500)));
        if (pack.rows() > limit) {
          filled.packs.put(table.id(), pack);
          room -= pack.text().length() + 500L;
        }
      }
    }
    return filled;
  }

  /// Whether every row of every table is there as HTML.
  boolean isWhole() {
    return tables.stream().allMatch(table -> table.all() <= limit);
  }

  /// How many rows of a table are HTML.
  public int limit() {
    return limit;
  }

  public List<Pack> packs() {
    return List.copyOf(packs.values());
  }

  /// The compressed rows of a table, where it has any.
  public @Nullable Pack pack(Table table) {
    return packs.get(table.id());
  }

  /// What a table shows of its rows, and by which rule; empty where it shows them all.
  public String note(Table table) {
    if (table.all() <= limit) {
      return "";
    }
    var pack = packs.get(table.id());
    var rest =
        pack == null
            ? Wording.number(table.all() - limit) + " are left out here; the archive has them."
            : pack.rows() == table.all()
                ? "The others are in this page, compressed."
                : Wording.number(pack.rows())
                    + " are in this page, compressed; "
                    + Wording.number(table.all() - pack.rows())
                    + " are left out here, the archive has them.";
    return Wording.number(limit)
        + " of "
        + Wording.number(table.all())
        + " rows: marked ones first, then from the top. "
        + rest;
  }

  /// What the page leaves out, table by table.
  public List<String> left() {
    List<String> left = new ArrayList<>();
    for (var table : tables) {
      var pack = packs.get(table.id());
      var held = Math.max(pack == null ? 0 : pack.rows(), Math.min(limit, table.all()));
      if (held < table.all()) {
        left.add(
            table.title()
                + ": "
                + Wording.number(table.all() - held)
                + " of "
                + Wording.number(table.all())
                + " rows");
      }
    }
    return left;
  }

  /// How large a page may be, in words.
  public String most() {
    return Wording.bytes(most);
  }
}
