package io.bugreport.model.finding;

import java.util.List;

/// What a finding rests on: a place in a file of the archive, and the lines around it.
///
/// @param path the file, as in the archive
/// @param line the line meant, from 1
/// @param field the way to it inside the document; empty where there is none
/// @param firstLine the number of the excerpt's first line
/// @param lines the lines around it; very long ones are cut around what is meant
public record Evidence(String path, int line, String field, int firstLine, List<String> lines) {

  public Evidence {
    lines = List.copyOf(lines);
  }

  /// The excerpt as one text.
  public String excerpt() {
    return String.join("\n", lines);
  }
}
