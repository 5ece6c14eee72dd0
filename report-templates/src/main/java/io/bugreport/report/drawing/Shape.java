package io.bugreport.report.drawing;

/// A part of a picture; all lengths are CSS pixels from the top left.
///
/// @param element which of SVG's elements it is: `rect`, `path`, `text` or `circle`
/// @param css its classes
/// @param x the left edge, or the middle of a circle
/// @param y the upper edge, the baseline of a text, or the middle of a circle
/// @param width of a rectangle, or the radius of a circle
/// @param height of a rectangle
/// @param data the commands of a path; empty for others
/// @param text what a text says
/// @param tip what a pointer that rests on it is told; empty for nothing
public record Shape(
    String element,
    String css,
    int x,
    int y,
    int width,
    int height,
    String data,
    String text,
    String tip) {

  public static Shape box(String css, int x, int y, int width, int height, String tip) {
    return new Shape("rect", css, x, y, width, height, "", "", tip);
  }

  public static Shape dot(String css, int x, int y, int radius, String tip) {
    return new Shape("circle", css, x, y, radius, 0, "", "", tip);
  }

  public static Shape words(String css, int x, int y, String text) {
    return new Shape("text", css, x, y, 0, 0, "", text, "");
  }

  public static Shape line(String css, int x1, int y1, int x2, int y2) {
    return new Shape("path", css, 0, 0, 0, 0, "M" + x1 + " " + y1 + "L" + x2 + " " + y2, "", "");
  }

  /// A line that leaves and arrives level.
  public static Shape curve(String css, int x1, int y1, int x2, int y2) {
    var middle = (x1 + x2) / 2;
    return new Shape(
        "path",
        css,
        0,
        0,
        0,
        0,
        "M" + x1 + " " + y1 + "C" + middle + " " + y1 + " " + middle + " " + y2 + " " + x2 + " "
            + y2,
        "",
        "");
  }
}
