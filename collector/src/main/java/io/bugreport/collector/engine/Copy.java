package io.bugreport.collector.engine;

import io.bugreport.model.snapshot.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A body copied into a file of the archive. What came before an error is kept; where nothing came
/// there is no file.
///
/// @param bytes bytes kept
/// @param cut whether there was more than may be kept
/// @param failure what ended the body before its end, or null
public record Copy(long bytes, boolean cut, @Nullable IOException failure) {
  private static final int BUFFER = 16 << 10;

  /// Copies.
  ///
  /// @param limit bytes that are kept at most
  /// @throws EvidenceException when the archive cannot be written
  public static Copy of(InputStream body, Evidence evidence, String path, long limit)
      throws IOException {
    return of(body, evidence, path, limit, OutputStream.nullOutputStream());
  }

  /// Copies, and shows the bytes to someone else as well.
  public static Copy of(
      InputStream body, Evidence evidence, String path, long limit, OutputStream also)
      throws IOException {
    var buffer = new byte[BUFFER];
    var first = 0;
    try {
      first = body.read(buffer);
    } catch (IOException e) {
      return new Copy(0, false, e);
    }
    if (first < 0) {
      return new Copy(0, false, null);
    }
    try (var file = evidence.open(path)) {
      for (var n = first; n >= 0; ) {
        var kept = (int) Math.min(n, limit - file.bytes());
        file.write(buffer, 0, kept);
        also.write(buffer, 0, kept);
        if (kept < n) {
          return new Copy(file.bytes(), true, null);
        }
        try {
          n = body.read(buffer);
        } catch (IOException e) {
          return new Copy(file.bytes(), false, e);
        }
      }
      return new Copy(file.bytes(), false, null);
    }
  }

  /// The outcome of an item that became this.
  ///
  /// @param ifCut the reason where there was more than may be kept
  public Result result(int code, String ifCut) {
    if (failure != null) {
      return bytes > 0
          ? Result.part(code, bytes, 0, "broke off: " + failure.getMessage())
          : Result.nothing(
              failure instanceof DeadlineException || failure instanceof StoppedException
                  ? Outcome.TIMEOUT
                  : Outcome.FAILED,
              code,
              String.valueOf(failure.getMessage()));
    }
    return cut ? Result.part(code, bytes, 0, ifCut) : Result.ok(code, bytes);
  }
}
