package io.bugreport.app;

import static io.bugreport.app.CommandResultAssert.assertThat;

import io.bugreport.model.check.CheckProcessor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  private static final Path SAMPLE = Path.of("../samples/plugin");
  private static final Path SOURCE =
      SAMPLE.resolve("src/main/java/com/example/mesh/ServiceWithoutTeam.java");
  private static final String FIXTURE =
      SAMPLE.resolve("fixtures/service-without-team.yaml").toString();

  @TempDir private Path folder;
  private Path plugins;
  private CommandLineTester cli;

  @BeforeEach
  void emptyFolder() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    cli = new CommandLineTester(folder).with(TestChecks.services());
  }

  @Test
  void theSamplePluginFindsWhatItsFixtureHas() throws IOException {
    jar("team.jar", compile(List.of(), Files.readString(SOURCE)));
    assertThat(cli.run("analyze", "--plugins", plugins.toString(), FIXTURE))
        .succeeded()
        .outContains(
            FIXTURE + ":4: WARNING [EXAMPLE-01] Service shop/cart: The label",
            "[T-01] Service shop/checkout")
        .outLacks("[EXAMPLE-01] Service shop/checkout");
  }

  @Test
  void aPluginIsListedAndExplained() throws IOException {
    jar("team.jar", compile(List.of(), Files.readString(SOURCE)));
    assertThat(cli.run("checks", "--plugins", plugins.toString()))
        .succeeded()
        .outContains("EXAMPLE-01", "2 checks");
    assertThat(cli.run("explain", "--plugins", plugins.toString(), "EXAMPLE-01"))
        .succeeded()
        .outContains("who is called at night");
  }

  @Test
  void whatIsNoJarEndsTheRun() throws IOException {
    Files.writeString(plugins.resolve("note.jar"), "not a jar");
    refused("note.jar cannot be loaded as a plugin: it is no jar");
  }

  @Test
  void aJarWithoutChecksEndsTheRun() throws IOException {
    jar("empty.jar", Files.createDirectory(folder.resolve("nothing")));
    refused("empty.jar cannot be loaded as a plugin: it holds no check");
  }

  @Test
  void aJarThatNamesAClassItLacksEndsTheRun() throws IOException {
    var classes = folder.resolve("classes/META-INF/services");
    Files.createDirectories(classes);
    Files.writeString(classes.resolve("io.bugreport.model.check.Analyzer"), "com.example.Gone\n");
    jar("gone.jar", folder.resolve("classes"));
    refused("gone.jar cannot be loaded as a plugin: ServiceConfigurationError", "com.example.Gone");
  }

  @Test
  void aCheckCompiledWithoutItsPageEndsTheRun() throws IOException {
    var classes = compile(List.of("-proc:none"), Files.readString(SOURCE));
    var services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("io.bugreport.model.check.Analyzer"),
        "com.example.mesh.ServiceWithoutTeam\n");
    jar("pageless.jar", classes);
    refused("pageless.jar cannot be loaded as a plugin", "has no page");
  }

  @Test
  void twoChecksOfOneNameEndTheRun() throws IOException {
    var classes = compile(List.of(), Files.readString(SOURCE));
    jar("one.jar", classes);
    jar("two.jar", classes);
    refused("two.jar: there is a check called service-without-team already");
  }

  @Test
  void aFolderWithoutPluginsEndsTheRun() {
    refused("holds no .jar or .yaml file");
  }

  private void refused(String... messages) {
    var result = cli.run("analyze", "--plugins", plugins.toString(), FIXTURE);
    assertThat(result).endedWith(ExitCode.USAGE).errContains(messages);
    Assertions.assertThat(result.err().lines()).as("lines of the message").hasSize(2);
  }

  private Path compile(List<String> options, String source) throws IOException {
    var classes = Files.createTempDirectory(folder, "classes");
    var file = Files.writeString(folder.resolve("ServiceWithoutTeam.java"), source);
    var compiler = ToolProvider.getSystemJavaCompiler();
    var output = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(javax.tools.StandardLocation.CLASS_OUTPUT, List.of(classes));
      var task =
          compiler.getTask(output, files, null, options, null, files.getJavaFileObjects(file));
      if (options.isEmpty()) {
        task.setProcessors(List.of(new CheckProcessor()));
      }
      Assertions.assertThat(task.call()).as(output.toString()).isTrue();
    }
    return classes;
  }

  private void jar(String name, Path classes) throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(plugins.resolve(name)));
        var walk = Files.walk(classes)) {
      for (var file : walk.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
      jar.putNextEntry(new JarEntry("README"));
    }
  }
}
