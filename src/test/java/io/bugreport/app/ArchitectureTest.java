package io.bugreport.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may depend on whom, see ARCHITECTURE.md.
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.bugreport");

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  private static String[] allBut(String... modules) {
    return Stream.of("model", "collector", "analyzers", "report", "serve", "app")
        .filter(module -> !Stream.of(modules).toList().contains(module))
        .map(module -> "io.bugreport." + module + "..")
        .toArray(String[]::new);
  }

  private static void mayUse(String module, String... others) {
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.bugreport." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                allBut(Stream.concat(Stream.of(module), Stream.of(others)).toArray(String[]::new)))
            .because("of the direction of dependencies between modules"));
  }

  @Test
  void classesOfThisJavaAreReadable() {
    assertThat(OURS.contain(Main.class)).isTrue();
    assertThat(OURS.get(Main.class).getMethods()).isNotEmpty();
    assertThat(OURS.containPackage("io.bugreport.model.snapshot")).isTrue();
  }

  @Test
  void modulesDependInOneDirection() {
    mayUse("model");
    mayUse("collector", "model");
    mayUse("analyzers", "model");
    mayUse("report", "model");
    mayUse("serve", "model");
  }

  @Test
  void packagesHaveNoCycles() {
    holds(slices().matching("io.bugreport.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheCollectorTalksToClusters() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(allBut("collector", "app"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .because("everything else works on the snapshot, offline"));
  }

  @Test
  void checksTouchNoNetworkNoFilesAndNoClock() {
    var checks = noClasses().that().resideInAPackage("io.bugreport.analyzers..").should();
    holds(
        checks.dependOnClassesThat(
            resideInAnyPackage("java.net..", "java.nio.file..", "io.fabric8..")
                // A URI is a text in parts, and asks nobody.
                .and(not(belongToAnyOf(URI.class, URISyntaxException.class)))));
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.bugreport.analyzers..")
            .should()
            .callMethod(Instant.class, "now"));
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.bugreport.analyzers..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class));
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.bugreport.analyzers..")
            .should()
            .callMethod(System.class, "currentTimeMillis"));
    holds(
        noClasses()
            .that()
            .resideInAPackage("io.bugreport.analyzers..")
            .should()
            .callMethod(System.class, "nanoTime"));
  }

  @Test
  void namesSayWhatAClassIs() {
    holds(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Common|Misc)")
            .because("such a name says nothing about what the class is"));
  }

  @Test
  void nullsAreMarkedInEveryPackage() {
    assertThat(OURS.stream().map(c -> c.getPackage()).distinct())
        .isNotEmpty()
        .allSatisfy(
            p ->
                assertThat(isNullMarked(p))
                    .as("%s has a package-info.java with @NullMarked", p.getName())
                    .isTrue());
  }

  private static boolean isNullMarked(JavaPackage p) {
    return p.isAnnotatedWith(NullMarked.class);
  }

  @Test
  void fieldsThatAreStaticAreFinal() {
    holds(
        classes()
            .that()
            .resideInAPackage("io.bugreport..")
            .should(new StaticFieldsAreFinal())
            .because("static state that changes couples everything to everything"));
  }
}
