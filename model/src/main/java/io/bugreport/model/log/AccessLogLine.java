package io.bugreport.model.log;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request as Envoy's access log tells of it, in Istio's text format or as JSON with Istio's
/// names.
///
/// Source: Istio, "Envoy Access Logs", default format.
///
/// @param code the HTTP status; 0 where there was no answer
/// @param flags Envoy's response flags, such as `UF` and `URX`
/// @param details why, in Envoy's words, such as `via_upstream`
/// @param authority the host that was asked for
/// @param upstream the cluster that was to serve it, such as
///   `outbound|80||shop.default.svc.cluster.local`; empty where no route was found
public record AccessLogLine(
    int code, List<String> flags, String details, String authority, String upstream) {
  private static final String NONE = "-";

  /// The part that says what came of the request, after the request itself: status, flags, details.
  private static final Pattern OUTCOME =
      Pattern.compile("^\\[[^]]{10,40}] \"[^\"]*\" (\\d{1,3}) ([A-Za-z,]+|-) (\\S+) ");

  /// After five quoted texts (reason, forwarded for, agent, id, authority): the upstream's host and
  /// its cluster.
  private static final Pattern UPSTREAM =
      Pattern.compile("\"([^\"]*)\" \"[^\"]*\" (-|(?:in|out)bound\\S*|[A-Z]\\S*Cluster) ");

  public AccessLogLine {
    flags = List.copyOf(flags);
  }

  /// Reads a line.
  ///
  /// @return empty where it is none of an access log
  public static Optional<AccessLogLine> parse(LogLine line) {
    var text = line.text();
    if (text.startsWith("{")) {
      return text.contains("\"response_flags\"") ? json(text) : Optional.empty();
    }
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    var outcome = OUTCOME.matcher(text);
    if (!outcome.find()) {
      return Optional.empty();
    }
    var rest = UPSTREAM.matcher(text);
    var known = rest.find(outcome.end());
    return Optional.of(
        new AccessLogLine(
            Integer.parseInt(outcome.group(1)),
            flags(outcome.group(2)),
            outcome.group(3),
            known ? withoutDash(rest.group(1)) : "",
            known ? withoutDash(rest.group(2)) : ""));
  }

  private static Optional<AccessLogLine> json(String text) {
    var found = new AtomicReference<@Nullable AccessLogLine>();
    try (var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      DocumentReader.read(
          "line",
          in,
          node -> {
            var line = new Field("line", "", node);
            found.set(
                new AccessLogLine(
                    line.field("response_code").flatMap(Field::number).orElse(0),
                    flags(line.text("response_flags")),
                    line.text("response_code_details"),
                    withoutDash(line.text("authority")),
                    withoutDash(line.text("upstream_cluster"))));
          });
    } catch (IOException _) {
      return Optional.empty(); // a torn line
    }
    return Optional.ofNullable(found.get());
  }

  private static List<String> flags(String text) {
    return text.isEmpty() || text.equals(NONE) ? List.of() : List.of(text.split(","));
  }

  private static String withoutDash(String text) {
    return text.equals(NONE) ? "" : text;
  }
}
