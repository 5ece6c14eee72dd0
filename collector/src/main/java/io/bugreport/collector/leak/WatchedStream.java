package io.bugreport.collector.leak;

import io.bugreport.model.snapshot.Manifest.Leak;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Passes bytes on and looks at them in pieces that overlap, so memory does not depend on their
/// number.
final class WatchedStream extends FilterOutputStream {
  private static final int PIECE = 1 << 16;
  private static final int FIRST_PIECE = 1 << 12;

  /// Enough to see what leaks from an entry.
  private static final int MOST = 100;

  private final String path;
  private final boolean secrets;
  private final Detectors detectors;
  private final Consumer<List<Leak>> told;
  private final List<Leak> leaks = new ArrayList<>();
  private byte[] piece = new byte[FIRST_PIECE];
  private int end;
  private long line = 1;
  private boolean closed;

  private record Place(String detector, int at) {}

  WatchedStream(String path, Detectors detectors, OutputStream out, Consumer<List<Leak>> told) {
    super(out);
    this.path = path;
    this.secrets = Detectors.isSecrets(path);
    this.detectors = detectors;
    this.told = told;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    var from = offset;
    var left = leaks.size() < MOST ? length : 0;
    while (left > 0) {
      if (end == piece.length) {
        makeRoom();
      }
      var now = Math.min(left, piece.length - end);
      System.arraycopy(bytes, from, piece, end, now);
      end += now;
      from += now;
      left -= now;
    }
  }

  private void makeRoom() {
    if (piece.length < PIECE) {
      piece = Arrays.copyOf(piece, piece.length * 4);
      return;
    }
    var limit = end - Detectors.OVERLAP;
    look(limit);
    System.arraycopy(piece, limit, piece, 0, end - limit);
    end -= limit;
  }

  /// Finds what begins before `limit`, and counts the lines up to there.
  private void look(int limit) {
    var places = new ArrayList<Place>();
    detectors.look(
        secrets, piece, limit, end, (detector, at) -> places.add(new Place(detector.name(), at)));
    places.sort(Comparator.comparingInt(Place::at));
    var counted = 0;
    for (var place : places) {
      line += Lines.in(piece, counted, place.at());
      counted = place.at();
      if (leaks.size() < MOST) {
        leaks.add(new Leak(place.detector(), path, line));
      }
    }
    line += Lines.in(piece, counted, limit);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (var closing = out) {
      look(end);
      closing.flush();
    } finally {
      told.accept(leaks);
      piece = new byte[0];
      end = 0;
    }
  }
}
