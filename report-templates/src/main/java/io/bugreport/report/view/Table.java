package io.bugreport.report.view;

import java.util.ArrayList;
import java.util.List;

/// A table of the page.
///
/// @param id its anchor
/// @param title its caption
/// @param columns their heads
/// @param rows at most [#LIMIT]
/// @param left what was left out and by which rule; empty where nothing was
/// @param notes what could not be read; empty where all could
/// @param empty what to say where there are no rows
public record Table(
    String id,
    String title,
    List<Column> columns,
    List<Row> rows,
    String left,
    List<String> notes,
    String empty) {
  /// How many rows a table of the page holds.
  public static final int LIMIT = 500;

  /// The head of a column.
  ///
  /// @param numeric whether its cells are numbers, aligned and sorted as such
  public record Column(String title, boolean numeric) {
    public static Column text(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  /// One line.
  ///
  /// @param namespace what the namespace filter goes by; empty where it does not apply
  public record Row(String namespace, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    boolean isMarked() {
      return cells.stream().anyMatch(cell -> cell.tone().isMarked());
    }
  }

  /// One value.
  ///
  /// @param text what it says
  /// @param tone marks what is not as it should be
  /// @param code whether it is a name or a path
  /// @param sort what it is sorted by, where that is not its text
  public record Cell(String text, Tone tone, boolean code, String sort) {
    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN, false, "");
    }

    public static Cell name(String text) {
      return new Cell(text, Tone.PLAIN, true, "");
    }

    public static Cell number(long number) {
      return new Cell(Wording.number(number), Tone.PLAIN, false, Long.toString(number));
    }

    public static Cell bytes(long bytes) {
      return new Cell(Wording.bytes(bytes), Tone.PLAIN, false, Long.toString(bytes));
    }

    public static Cell marked(String text, Tone tone) {
      return new Cell(text, tone, false, "");
    }

    public Cell toned(Tone newTone) {
      return new Cell(text, newTone, code, sort);
    }
  }

  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    for (var row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(id + " has a row of " + row.cells().size() + " cells");
      }
    }
  }

  /// A table of as many rows as a page can bear: marked rows stay first, then those at the top, all
  /// in their order.
  static Table cut(
      String id,
      String title,
      List<Column> columns,
      List<Row> all,
      List<String> notes,
      String empty) {
    if (all.size() <= LIMIT) {
      return new Table(id, title, columns, all, "", notes, empty);
    }
    var room = LIMIT - Math.min(LIMIT, all.stream().filter(Row::isMarked).count());
    List<Row> kept = new ArrayList<>();
    for (var row : all) {
      if (kept.size() == LIMIT) {
        break;
      }
      if (row.isMarked()) {
        kept.add(row);
      } else if (room > 0) {
        kept.add(row);
        room--;
      }
    }
    var left =
        Wording.number(LIMIT)
            + " of "
            + Wording.number(all.size())
            + " rows: marked ones first, then from the top. "
            + Wording.number(all.size() - LIMIT)
            + " are left out here; the archive has them.";
    return new Table(id, title, columns, kept, left, notes, empty);
  }
}
