package io.bugreport.app;

import io.bugreport.model.check.CheckCatalogue;
import io.bugreport.model.check.CheckDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Runs the command line in this process, with checks and surroundings of the test's choice.
final class CommandLineTester {
  static final Instant NOW = Instant.parse("2026-11-24T07:12:00Z");

  private final Path temporary;
  private final Map<String, String> environment = new HashMap<>();
  private List<CheckDefinition> checks = List.of();
  private Supplier<InputStream> stdin = InputStream::nullInputStream;
  private boolean terminal;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CommandLineTester(Path temporary) {
    this.temporary = temporary;
  }

  CommandLineTester with(CheckDefinition... definitions) {
    checks = List.of(definitions);
    return this;
  }

  CommandLineTester stdin(String text) {
    stdin = () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /// Standard input that fails as only a bug can.
  CommandLineTester brokenStdin() {
    var broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("stdin is broken");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return read();
          }
        };
    stdin = () -> broken;
    return this;
  }

  CommandLineTester onTerminal() {
    terminal = true;
    return this;
  }

  CommandLineTester environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// What was written to standard output as bytes.
  byte[] bytes() {
    return bytes.toByteArray();
  }

  CommandResult run(String... arguments) {
    var surroundings =
        new Surroundings(environment, terminal, stdin.get(), bytes, () -> NOW, temporary);
    var out = new StringWriter();
    var err = new StringWriter();
    var code =
        Main.commandLine(surroundings, new CheckCatalogue(checks))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new CommandResult(List.of(arguments), code, out.toString(), err.toString());
  }
}
