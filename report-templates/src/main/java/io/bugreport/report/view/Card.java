package io.bugreport.report.view;

import io.bugreport.model.finding.Conclusion.Gap;
import io.bugreport.model.finding.Evidence;
import io.bugreport.report.drawing.FocusGraph;
import java.util.ArrayList;
import java.util.List;

/// What a page shows of one or more findings with one cause.
///
/// @param id its anchor
/// @param area what its check looks at
/// @param severity the severity's word
/// @param namespaces the namespaces it touches, joined by spaces
/// @param subject the object it is about, or how many
/// @param message what is wrong; empty where the card stands for many
/// @param why why it matters; empty where the check has no page
/// @param objects the findings as a table, where one card stands for many; empty otherwise
/// @param evidence what shows it
/// @param evidenceLeft how many more places show it
/// @param follows what it follows from, where that is no finding of this page; empty otherwise
/// @param reach how far it reaches, such as `12 workloads`
/// @param followers findings that follow from it
/// @param followersLeft how many more
/// @param graphs a picture of its objects and what is around them, where anything is
/// @param limits what the check could not see
/// @param limitsLeft how many more
/// @param open whether it is unfolded at first: the first card of each cause that is an error
public record Card(
    String id,
    String code,
    String check,
    String area,
    String severity,
    Tone tone,
    String title,
    String subject,
    String namespaces,
    String message,
    Html why,
    Html fix,
    List<Table> objects,
    List<Excerpt> evidence,
    int evidenceLeft,
    List<Mention> related,
    String follows,
    String reach,
    List<Follower> followers,
    int followersLeft,
    List<FocusGraph> graphs,
    List<Gap> limits,
    int limitsLeft,
    boolean open) {

  public Link link() {
    return Link.to(id);
  }

  public boolean hasWhy() {
    return !why.source().isEmpty();
  }

  public boolean hasFix() {
    return !fix.source().isEmpty();
  }

  /// A place in the archive with the lines around it.
  public record Excerpt(String place, String field, List<Line> lines) {
    static Excerpt of(Evidence evidence) {
      List<Line> lines = new ArrayList<>();
      for (var i = 0; i < evidence.lines().size(); i++) {
        var number = evidence.firstLine() + i;
        lines.add(new Line(number, evidence.lines().get(i), number == evidence.line()));
      }
      return new Excerpt(evidence.path() + ":" + evidence.line(), evidence.field(), lines);
    }
  }

  /// A finding that goes away with the one above it.
  public record Follower(
      String id,
      String severity,
      Tone tone,
      String code,
      String title,
      String subject,
      String message,
      List<Excerpt> evidence,
      Html fix) {
    public boolean hasFix() {
      return !fix.source().isEmpty();
    }
  }

  /// A line of an excerpt.
  ///
  /// @param marked whether it is the line meant
  public record Line(int number, String text, boolean marked) {}

  /// Another object, and the cards about it.
  public record Mention(String object, List<Reference> cards) {}

  /// A link to a card.
  public record Reference(String text, Link link) {}
}
