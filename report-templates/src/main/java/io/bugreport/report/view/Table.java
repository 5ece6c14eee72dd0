package io.bugreport.report.view;

import java.util.ArrayList;
import java.util.List;

/// A table of the page.
///
/// @param id its anchor
/// @param title its caption
/// @param columns their heads
/// @param every all rows, in their order; a page shows as many as it can bear, see [#shown(int)]
/// @param notes what could not be read; empty where all could
/// @param empty what to say where there are no rows
public record Table(
    String id,
    String title,
    List<Column> columns,
    List<Row> every,
    List<String> notes,
    String empty) {
  /// How many rows a table has as static HTML, unless the page is to be smaller.
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
  /// @param references cards that tell more
  public record Cell(
      String text, Tone tone, boolean code, String sort, List<Card.Reference> references) {
    public Cell {
      references = List.copyOf(references);
    }

    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN, false, "", List.of());
    }

    public static Cell name(String text) {
      return new Cell(text, Tone.PLAIN, true, "", List.of());
    }

    public static Cell number(long number) {
      return new Cell(Wording.number(number), Tone.PLAIN, false, Long.toString(number), List.of());
    }

    public static Cell bytes(long bytes) {
      return new Cell(Wording.bytes(bytes), Tone.PLAIN, false, Long.toString(bytes), List.of());
    }

    public static Cell marked(String text, Tone tone) {
      return new Cell(text, tone, false, "", List.of());
    }

    public Cell toned(Tone newTone) {
      return new Cell(text, newTone, code, sort, references);
    }

    /// The cell with links to cards.
    public Cell with(List<Card.Reference> cards) {
      return new Cell(text, tone, code, sort, cards);
    }
  }

  public Table {
    columns = List.copyOf(columns);
    every = List.copyOf(every);
    notes = List.copyOf(notes);
    for (var row : every) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(id + " has a row of " + row.cells().size() + " cells");
      }
    }
  }

  /// How many rows there are.
  public int all() {
    return every.size();
  }

  /// The same table under another anchor.
  Table named(String newId) {
    return new Table(newId, title, columns, every, notes, empty);
  }

  /// At most so many rows: marked ones stay first, then those at the top, all in their order.
  public List<Row> shown(int limit) {
    if (every.size() <= limit) {
      return every;
    }
    var room = limit - Math.min(limit, every.stream().filter(Row::isMarked).count());
    List<Row> kept = new ArrayList<>();
    for (var row : every) {
      if (kept.size() == limit) {
        break;
      }
      if (row.isMarked()) {
        kept.add(row);
      } else if (room > 0) {
        kept.add(row);
        room--;
      }
    }
    return kept;
  }
}
