package io.bugreport.report.drawing;

import java.util.List;

/// A picture of the page.
///
/// @param id its anchor
/// @param css what it is a picture of, for the style sheet
/// @param title what it shows, for those who cannot see it
/// @param description what there is to see, in words
public record Drawing(
    String id,
    String css,
    int width,
    int height,
    String title,
    String description,
    List<Shape> shapes) {

  public Drawing {
    shapes = List.copyOf(shapes);
  }
}
