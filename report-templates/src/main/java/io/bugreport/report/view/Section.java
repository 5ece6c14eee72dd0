package io.bugreport.report.view;

import io.bugreport.report.drawing.Drawing;
import java.util.List;

/// A section of the page, below the findings.
///
/// @param count what the rail shows beside its name; empty for nothing
public record Section(
    String id,
    String title,
    String lead,
    String count,
    List<Drawing> drawings,
    List<Table> tables) {

  public Section {
    drawings = List.copyOf(drawings);
    tables = List.copyOf(tables);
  }

  public Link link() {
    return Link.to(id);
  }
}
