package io.bugreport.model.check;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Parts of many lines of one file, read in a single pass: thousands of findings may point into it.
final class LineViews {
  /// By line, then by column.
  private final SortedMap<Integer, Map<Integer, LineView>> views = new TreeMap<>();

  private int lines;

  /// Asks for the part of a line around a column, both from 1.
  void add(int line, int column) {
    views.computeIfAbsent(line, _ -> new TreeMap<>()).computeIfAbsent(column, LineView::new);
  }

  /// Reads until all that was asked for is seen.
  void read(Reader file) throws IOException {
    var text = new LineSource(file);
    while (!views.isEmpty() && lines < views.lastKey()) {
      var wanted = views.getOrDefault(lines + 1, Map.of()).values();
      if (!(wanted.isEmpty() ? text.skipLine() : see(text, wanted))) {
        return;
      }
      lines++;
    }
  }

  /// Reads to the end of a line.
  ///
  /// @return whether there was one
  private static boolean see(LineSource text, Collection<LineView> wanted) throws IOException {
    var waiting =
        new ArrayDeque<>(wanted.stream().sorted(Comparator.comparingInt(LineView::from)).toList());
    var seeing = new ArrayDeque<LineView>();
    var length =
        text.line(
            (sign, position) -> {
              while (!waiting.isEmpty() && waiting.getFirst().from() <= position) {
                seeing.add(waiting.removeFirst());
              }
              while (!seeing.isEmpty() && seeing.getFirst().to() <= position) {
                seeing.removeFirst();
              }
              for (var view : seeing) {
                view.see(sign);
              }
            });
    if (length < 0) {
      return false;
    }
    wanted.forEach(view -> view.end(length));
    return true;
  }

  /// What was seen of some lines: those that the file has.
  ///
  /// @param first the first line
  /// @param meant the line of which the column is meant; of the others it is the beginning
  List<String> text(int first, int last, int meant, int column) {
    return IntStream.rangeClosed(first, Math.min(last, lines))
        .mapToObj(line -> view(line, line == meant ? column : 1).text())
        .toList();
  }

  private LineView view(int line, int column) {
    var view = views.getOrDefault(line, Map.of()).get(column);
    if (view == null) {
      throw new IllegalStateException("nobody asked for line " + line);
    }
    return view;
  }
}
