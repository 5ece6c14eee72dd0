package io.bugreport.model.check;

import io.bugreport.model.endpoint.Endpoint;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A check as the runner, the command line and the report know it: what its annotation and its page
/// say.
///
/// @param id its class name in kebab case
/// @param page the whole page, in Markdown
/// @param analyzer does the work
/// @param eachKindAlone whether it looks at each kind by itself, see [Check#eachKindAlone]
/// @param follows codes and ids of checks whose findings explain this one's
/// @param sources what it reads besides objects and answers
public record CheckDefinition(
    String id,
    List<String> codes,
    String title,
    Severity severity,
    List<ResourceKind> resources,
    List<Endpoint> endpoints,
    String istioctlAnalyzer,
    String page,
    Analyzer analyzer,
    boolean eachKindAlone,
    List<String> follows,
    List<Source> sources) {
  private static final Pattern FIX = Pattern.compile("(?m)^## Fix\\s*$");

  public CheckDefinition {
    codes = List.copyOf(codes);
    resources = List.copyOf(resources);
    endpoints = List.copyOf(endpoints);
    follows = List.copyOf(follows);
    sources = List.copyOf(sources);
    if (codes.isEmpty()) {
      throw new IllegalArgumentException(id + " has no code");
    }
  }

  /// A check that looks at its first kind in the light of the others, and follows from no other.
  public CheckDefinition(
      String id,
      List<String> codes,
      String title,
      Severity severity,
      List<ResourceKind> resources,
      List<Endpoint> endpoints,
      String istioctlAnalyzer,
      String page,
      Analyzer analyzer) {
    this(
        id,
        codes,
        title,
        severity,
        resources,
        endpoints,
        istioctlAnalyzer,
        page,
        analyzer,
        false,
        List.of());
  }

  /// A check that reads objects and answers only.
  public CheckDefinition(
      String id,
      List<String> codes,
      String title,
      Severity severity,
      List<ResourceKind> resources,
      List<Endpoint> endpoints,
      String istioctlAnalyzer,
      String page,
      Analyzer analyzer,
      boolean eachKindAlone,
      List<String> follows) {
    this(
        id,
        codes,
        title,
        severity,
        resources,
        endpoints,
        istioctlAnalyzer,
        page,
        analyzer,
        eachKindAlone,
        follows,
        List.of());
  }

  /// Reads annotation and page of an analyzer.
  ///
  /// @throws IllegalArgumentException when it is no check, or was compiled without [CheckProcessor]
  public static CheckDefinition of(Analyzer analyzer) {
    var type = analyzer.getClass();
    var check = type.getAnnotation(Check.class);
    if (check == null) {
      throw new IllegalArgumentException(type.getName() + " is not annotated with @Check");
    }
    var id = CheckId.of(type.getSimpleName());
    return new CheckDefinition(
        id,
        List.of(check.codes()),
        check.title(),
        check.severity(),
        List.of(check.resources()),
        List.of(check.endpoints()),
        check.istioctlAnalyzer(),
        page(type, id),
        analyzer,
        check.eachKindAlone(),
        List.of(check.follows()),
        List.of(check.sources()));
  }

  private static String page(Class<?> type, String id) {
    var file = CheckProcessor.page(id);
    try (var in = type.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            type.getName()
                + " has no page "
                + file
                + ": compile it with "
                + CheckProcessor.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /// What is wrong and why it matters: the page up to its fix.
  public String why() {
    var fix = FIX.matcher(page);
    return (fix.find() ? page.substring(0, fix.start()) : page).strip();
  }

  /// What to do: the section under `## Fix`; empty where a page written by hand has none.
  public String fix() {
    var fix = FIX.matcher(page);
    return fix.find() ? page.substring(fix.end()).strip() : "";
  }

  /// Whether it can say nothing where it did not see all objects of a kind. Definitions are needed
  /// even by a check that looks at each kind by itself: they say what the objects may be.
  public boolean needs(ResourceKind kind) {
    return !eachKindAlone || kind == ResourceKind.CRD;
  }

  /// Where the page lies in the project.
  public String docs() {
    return "docs/checks/" + id + ".md";
  }

  /// Names of all inputs, as `checks --output json` lists them.
  public List<String> reads() {
    return Stream.of(
            resources.stream().map(ResourceKind::resource),
            endpoints.stream().map(Endpoint::readableName),
            sources.stream().map(Source::readableName))
        .flatMap(names -> names)
        .toList();
  }
}
