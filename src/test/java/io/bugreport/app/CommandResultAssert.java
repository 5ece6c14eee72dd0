package io.bugreport.app;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/// Says what a command should have done.
final class CommandResultAssert extends AbstractAssert<CommandResultAssert, CommandResult> {

  private CommandResultAssert(CommandResult actual) {
    super(actual, CommandResultAssert.class);
  }

  static CommandResultAssert assertThat(CommandResult actual) {
    return new CommandResultAssert(actual);
  }

  CommandResultAssert succeeded() {
    return endedWith(ExitCode.DONE);
  }

  CommandResultAssert endedWith(ExitCode code) {
    Assertions.assertThat(actual.exitCode())
        .as("exit code of %s%nout: %s%nerr: %s", actual.arguments(), actual.out(), actual.err())
        .isEqualTo(code.number());
    return this;
  }

  CommandResultAssert outContains(String... texts) {
    Assertions.assertThat(actual.out()).as("stdout of %s", actual.arguments()).contains(texts);
    return this;
  }

  CommandResultAssert outLacks(String... texts) {
    Assertions.assertThat(actual.out())
        .as("stdout of %s", actual.arguments())
        .doesNotContain(texts);
    return this;
  }

  CommandResultAssert outIsEmpty() {
    Assertions.assertThat(actual.out()).as("stdout of %s", actual.arguments()).isEmpty();
    return this;
  }

  CommandResultAssert errContains(String... texts) {
    Assertions.assertThat(actual.err()).as("stderr of %s", actual.arguments()).contains(texts);
    return this;
  }

  CommandResultAssert errIsEmpty() {
    Assertions.assertThat(actual.err()).as("stderr of %s", actual.arguments()).isEmpty();
    return this;
  }
}
