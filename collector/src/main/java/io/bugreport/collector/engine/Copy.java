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
    try (var file = new KeptFile(evidence, path)) {
      return file.add(body, limit, also);
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
