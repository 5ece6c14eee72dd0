package io.bugreport.model.metrics;

import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One sample of a metric, a line of Prometheus' text form.
///
/// Source: "Exposition formats" of Prometheus' documentation.
///
/// @param name the metric, such as `citadel_server_csr_sign_err_count`
/// @param labels in the order of the line
/// @param value NaN and infinities included
/// @param location the line
public record Sample(
    String name, SequencedMap<String, String> labels, double value, Location location) {
  private static final Pattern LINE =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?\\d+)?\\s*$");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*+)\"");

  public Sample {
    labels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(labels));
  }

  /// Reads all samples of an answer, one at a time. Lines that are none are left out.
  public static void read(Answer answer, Consumer<Sample> samples) throws IOException {
    try (var reader =
        new BufferedReader(new InputStreamReader(answer.open(), StandardCharsets.UTF_8))) {
      var number = 0;
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        parse(line, new Location(answer.path(), number, 1, "")).ifPresent(samples);
      }
    }
  }

  /// Reads a line; empty where it is a comment or no sample.
  static Optional<Sample> parse(String line, Location location) {
    var match = LINE.matcher(line);
    if (line.startsWith("#") || !match.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Sample(match.group(1), labels(match.group(2)), number(match.group(3)), location));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static SequencedMap<String, String> labels(@Nullable String text) {
    var labels = new LinkedHashMap<String, String>();
    if (text != null) {
      LABEL
          .matcher(text)
          .results()
          .forEach(
              m ->
                  labels.put(
                      m.group(1),
                      m.group(2).replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")));
    }
    return labels;
  }
}
