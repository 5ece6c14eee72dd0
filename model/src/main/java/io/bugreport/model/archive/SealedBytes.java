package io.bugreport.model.archive;

import io.bugreport.model.seal.Identities;
import io.bugreport.model.seal.KeyException;
import io.bugreport.model.seal.PayloadCipher;
import io.bugreport.model.seal.SealedHeader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// An encrypted file, decrypted in memory wherever it is read.
final class SealedBytes extends StoredBytes {
  /// Pieces that are kept: readers of several entries go on beside one another.
  private static final int KEPT = 16;

  private final StoredBytes file;
  private final SealedHeader header;
  private final long pieces;
  private final long size;
  private final byte[] pending;

  private final Map<Long, byte[]> opened =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  /// @param pieces how many pieces are in the file
  /// @param size bytes of the payload
  /// @param pending what follows the pieces in the file, decrypted
  private SealedBytes(
      StoredBytes file, SealedHeader header, long pieces, long size, byte[] pending) {
    this.file = file;
    this.header = header;
    this.pieces = pieces;
    this.size = size;
    this.pending = pending;
  }

  /// Opens an encrypted file. Of one that was cut off, the pieces that are whole are there.
  static SealedBytes open(StoredBytes file, Identities identities) throws IOException {
    if (identities.isEmpty()) {
      throw new ArchiveException("it is encrypted; name the key that opens it: --identity FILE");
    }
    SealedHeader header;
    try (var start = file.window(0, file.size())) {
      header = identities.open(new java.io.BufferedInputStream(start, 1 << 12));
    }
    var length = file.size() - header.length();
    var whole = length / PayloadCipher.SEALED_PIECE;
    var rest = (int) (length % PayloadCipher.SEALED_PIECE);
    var last = lastPiece(file, header, whole, rest);
    var cutAt = rest == 0 && last.length > 0 ? whole - 1 : whole;
    return new SealedBytes(file, header, cutAt, cutAt * PayloadCipher.PIECE + last.length, last);
  }

  /// The piece that is marked as the last.
  ///
  /// @return empty where there is none: the file was cut off
  private static byte[] lastPiece(StoredBytes file, SealedHeader header, long whole, int rest)
      throws IOException {
    var number = rest == 0 ? whole - 1 : whole;
    if (number < 0) {
      return new byte[0];
    }
    var at = header.length() + number * PayloadCipher.SEALED_PIECE;
    try {
      return header
          .payload()
          .open(number, true, file.at(at, rest == 0 ? PayloadCipher.SEALED_PIECE : rest));
    } catch (KeyException _) {
      return new byte[0];
    }
  }

  /// Reads what was written so far to a file that is still being written.
  ///
  /// @param written bytes before encryption
  /// @param pending the last of them, which are not in the file yet
  static SealedBytes growing(StoredBytes file, SealedHeader header, long written, byte[] pending) {
    return new SealedBytes(
        file, header, (written - pending.length) / PayloadCipher.PIECE, written, pending);
  }

  @Override
  long size() {
    return size;
  }

  @Override
  boolean isSealed() {
    return true;
  }

  @Override
  synchronized int read(long at, byte[] buffer, int offset, int length) throws IOException {
    if (at >= size) {
      return -1;
    }
    var number = at / PayloadCipher.PIECE;
    var within = (int) (at % PayloadCipher.PIECE);
    var piece = number < pieces ? piece(number) : pending;
    var n = Math.min(length, piece.length - within);
    System.arraycopy(piece, within, buffer, offset, n);
    return n;
  }

  private byte[] piece(long number) throws IOException {
    var known = opened.get(number);
    if (known != null) {
      return known;
    }
    var at = header.length() + number * PayloadCipher.SEALED_PIECE;
    try {
      var piece = header.payload().open(number, false, file.at(at, PayloadCipher.SEALED_PIECE));
      opened.put(number, piece);
      return piece;
    } catch (KeyException e) {
      throw new ArchiveException("it was changed after it was encrypted", e);
    }
  }

  @Override
  public void close() throws IOException {
    opened.clear();
    file.close();
  }
}
