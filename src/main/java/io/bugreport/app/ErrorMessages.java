package io.bugreport.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place where errors become text: what happened, why, and what to do, in a few lines.
final class ErrorMessages implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Main main;

  ErrorMessages(Main main) {
    this.main = main;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    var command = problem.getCommandLine();
    var err = command.getErr();
    err.println("bug-report: " + message(problem));
    UnmatchedArgumentException.printSuggestions(problem, err);
    err.print(command.getHelp().fullSynopsis());
    err.println("Run '" + command.getCommandSpec().qualifiedName() + " --help' for all options.");
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static @Nullable String message(ParameterException problem) {
    return problem instanceof UnmatchedArgumentException unmatched
        ? "there is no command or option \""
            + String.join(" ", unmatched.getUnmatched())
            + "\" here"
        : problem.getMessage();
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    var err = command.getErr();
    var code =
        switch (problem) {
          case Failure failure -> {
            err.println("bug-report: " + failure.getMessage());
            if (!failure.advice().isEmpty()) {
              err.println(failure.advice());
            }
            yield failure.code();
          }
          case IOException io -> unreadable(io, err);
          case UncheckedIOException unchecked ->
              unreadable(Objects.requireNonNull(unchecked.getCause()), err);
          default -> bug(problem, err);
        };
    err.flush();
    return code.number();
  }

  private ExitCode unreadable(IOException problem, PrintWriter err) {
    err.println(
        "bug-report: "
            + switch (problem) {
              case NoSuchFileException e -> e.getFile() + ": there is no such file or folder";
              case AccessDeniedException e -> e.getFile() + ": no right to read or write it";
              default -> problem.getMessage() == null ? problem.toString() : problem.getMessage();
            });
    if (main.isVerbose()) {
      problem.printStackTrace(err);
    }
    return ExitCode.USAGE;
  }

  private ExitCode bug(Exception problem, PrintWriter err) {
    err.print("bug-report: this is a bug in bug-report itself: " + problem + "; ");
    if (main.isVerbose()) {
      err.println("please report it with this:");
      problem.printStackTrace(err);
      return ExitCode.BUG;
    }
    try {
      var file = Files.createTempFile(main.surroundings().temporary(), "bug-report-error-", ".txt");
      try (var out = new PrintWriter(new RedactedText(Files.newBufferedWriter(file)))) {
        out.println(Version.text() + ", Java " + Runtime.version());
        problem.printStackTrace(out);
      }
      err.println("please report it with " + file);
    } catch (IOException e) {
      err.println("run it again with --verbose and report what that says");
    }
    return ExitCode.BUG;
  }
}
