package io.bugreport.app;

import java.util.List;

/// What a command printed and ended with.
record CommandResult(List<String> arguments, int exitCode, String out, String err) {}
