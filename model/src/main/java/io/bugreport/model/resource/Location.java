package io.bugreport.model.resource;

/// A place in a file of the archive.
///
/// @param file its path in the archive
/// @param line from 1
/// @param column from 1; it matters where a file is one long line
/// @param field the way to it inside the document, such as `spec.http[0].route[1]`; empty where
///   there is none
public record Location(String file, int line, int column, String field) {

  public Location {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns begin at 1");
    }
  }

  /// A line of a text file.
  public static Location ofLine(String file, int line) {
    return new Location(file, line, 1, "");
  }
}
