package io.bugreport.model.check;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/// Turns every [Check] into a service entry and a page, and refuses one whose doc comment is no
/// page.
@SupportedAnnotationTypes("io.bugreport.model.check.Check")
public final class CheckProcessor extends AbstractProcessor {
  private static final String SERVICES = "META-INF/services/" + Analyzer.class.getName();

  private static final Pattern HAS_FIX = Pattern.compile("(?m)^ ?## Fix$");

  private final Set<String> names = new TreeSet<>();

  /// Where the page of a check lies on the class path.
  static String page(String id) {
    return "META-INF/checks/" + id + ".md";
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (var type : round.getElementsAnnotatedWith(Check.class)) {
      names.add(processingEnv.getElementUtils().getBinaryName((TypeElement) type).toString());
      writePage(type);
    }
    if (round.processingOver() && !names.isEmpty()) {
      write(SERVICES, String.join("\n", names) + "\n", null);
    }
    return false;
  }

  private void writePage(Element type) {
    var id = CheckId.of(type.getSimpleName().toString());
    var comment = processingEnv.getElementUtils().getDocComment(type);
    if (comment == null || !HAS_FIX.matcher(comment).find()) {
      processingEnv
          .getMessager()
          .printMessage(
              Kind.ERROR,
              "@Check "
                  + id
                  + " needs a /// doc comment with a '## Fix' section: it is the page users read",
              type);
      return;
    }
    write(page(id), comment.stripIndent().strip() + "\n", type);
  }

  private void write(String file, String text, @Nullable Element origin) {
    var origins = origin == null ? new Element[0] : new Element[] {origin};
    try (var out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", file, origins)
            .openWriter()) {
      out.write(text);
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Kind.ERROR, "writing " + file + ": " + e.getMessage());
    }
  }
}
