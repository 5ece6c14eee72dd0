package io.bugreport.model.archive;

/// What a reader accepts before it calls an archive a bomb.
///
/// @param entries at most this many entries
/// @param entryBytes at most this many bytes in one entry, unpacked
/// @param totalBytes at most this many bytes in all entries, unpacked
/// @param depth at most this many folders in a path
/// @param nameLength at most this many characters in a path
public record ArchiveLimits(
    int entries, long entryBytes, long totalBytes, int depth, int nameLength) {

  public ArchiveLimits {
    if (entries < 1 || entryBytes < 1 || totalBytes < 1 || depth < 1 || nameLength < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /// Room for the largest meshes we know: two million entries, 4 GiB each, 256 GiB in all.
  public static ArchiveLimits standard() {
    return new ArchiveLimits(2_000_000, 4L << 30, 256L << 30, 32, 4096);
  }

  /// Checks a path from an archive and returns it in its one spelling.
  ///
  /// @throws ArchiveException when it would leave the archive or breaks a limit
  String checked(String path) throws ArchiveException {
    if (path.length() > nameLength) {
      throw new ArchiveException("a path of " + path.length() + " characters is too long");
    }
    if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
      throw new ArchiveException("the path " + quote(path) + " would leave the archive");
    }
    var folders = 0;
    for (var part : path.split("/", -1)) {
      folders++;
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new ArchiveException("the path " + quote(path) + " would leave the archive");
      }
    }
    if (folders > depth) {
      throw new ArchiveException("the path " + quote(path) + " is nested too deeply");
    }
    return path;
  }

  void checkSize(String path, long size) throws ArchiveException {
    if (size < 0 || size > entryBytes) {
      throw new ArchiveException(
          quote(path) + " is larger than " + entryBytes + " bytes: refused as a possible bomb");
    }
  }

  void checkTotals(int count, long bytes) throws ArchiveException {
    if (count > entries) {
      throw new ArchiveException("more than " + entries + " entries: refused as a possible bomb");
    }
    if (bytes > totalBytes) {
      throw new ArchiveException("more than " + totalBytes + " bytes: refused as a possible bomb");
    }
  }

  private static String quote(String path) {
    var shown = path.length() > 120 ? path.substring(0, 120) + "…" : path;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
