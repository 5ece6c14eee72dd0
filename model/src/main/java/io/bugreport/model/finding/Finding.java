package io.bugreport.model.finding;

import io.bugreport.model.resource.ResourceId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something wrong with a mesh, with what shows it and what helps.
///
/// @param code stable and public, such as `IST0101` or `DNS-05`
/// @param check the id of the check that found it
/// @param severity how bad it is
/// @param title what kind of problem, the same for all findings of a check
/// @param message what is wrong with this object, in one or two sentences
/// @param resource the object it is about
/// @param related other objects that take part
/// @param evidence what shows it, the most telling first
/// @param fix what to do, in Markdown
/// @param docs the page about this check, relative to the project
/// @param group the code and object of the finding that this one follows from; null where it stands
///   alone
public record Finding(
    String code,
    String check,
    Severity severity,
    String title,
    String message,
    ResourceId resource,
    List<ResourceId> related,
    List<Evidence> evidence,
    String fix,
    String docs,
    @Nullable String group) {

  /// Worst first, then by code, object, message and evidence: the same findings always stand in the
  /// same order.
  public static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::code)
          .thenComparing(Finding::resource)
          .thenComparing(Finding::message)
          .thenComparing(Finding::check)
          .thenComparing(finding -> finding.evidence().toString())
          .thenComparing(Finding::toString);

  /// What makes two findings the same for a reader, whichever check they are from.
  ///
  /// @param evidence where they show: a reader who sees two places has two things to correct
  record Statement(String code, ResourceId resource, String message, List<Evidence> evidence) {}

  public Finding {
    related = List.copyOf(related);
    evidence = List.copyOf(evidence);
  }

  Statement statement() {
    return new Statement(code, resource, message, evidence);
  }

  /// The same one, as something that follows from another.
  ///
  /// @param cause the one that explains it
  public Finding following(Finding cause) {
    return new Finding(
        code,
        check,
        severity,
        title,
        message,
        resource,
        related,
        evidence,
        fix,
        docs,
        cause.name());
  }

  /// Its code and object: how the `group` of another names it.
  public String name() {
    return code + " " + resource;
  }
}
