package io.bugreport.analyzers.annotations;

import io.bugreport.model.resource.DocumentReader;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which values Istio takes for its annotations.
final class AnnotationValue {
  private static final Set<String> INTERCEPTION = Set.of("REDIRECT", "TPROXY", "NONE");
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False");
  private static final Pattern QUANTITY =
      Pattern.compile(
          "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+|[numkMGTPE]|[KMGTPE]i)?", Pattern.DOTALL);
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern INTERFACE = Pattern.compile("[^\\s/,]{1,15}");
  private static final long UINT16 = (1L << 16) - 1;
  private static final long UINT32 = (1L << 32) - 1;

  private AnnotationValue() {}

  /// What is wrong with a value, as the end of a sentence; empty where nothing is, or where any
  /// text will do.
  static Optional<String> problem(String annotation, String value) {
    return switch (annotation) {
      case "sidecar.istio.io/interceptionMode" ->
          unless(INTERCEPTION.contains(value), "is none of REDIRECT, TPROXY and NONE");
      case "status.sidecar.istio.io/port" -> unless(isNumber(value, UINT16), "is no port");
      case "readiness.status.sidecar.istio.io/initialDelaySeconds",
          "readiness.status.sidecar.istio.io/periodSeconds",
          "readiness.status.sidecar.istio.io/failureThreshold" ->
          unless(isNumber(value, UINT32), "is no whole number");
      case "traffic.sidecar.istio.io/includeOutboundIPRanges" ->
          unless(
              value.equals("*") || all(value, AnnotationValue::isRange),
              "is no list of IP ranges such as 10.0.0.0/8, nor *");
      case "traffic.sidecar.istio.io/excludeOutboundIPRanges" ->
          unless(all(value, AnnotationValue::isRange), "is no list of IP ranges like 10.0.0.0/8");
      case "traffic.sidecar.istio.io/includeInboundPorts" ->
          unless(
              value.equals("*") || all(value, AnnotationValue::isPort),
              "is no list of ports, nor *");
      case "traffic.sidecar.istio.io/excludeInboundPorts",
          "traffic.sidecar.istio.io/excludeOutboundPorts" ->
          unless(all(value, AnnotationValue::isPort), "is no list of ports");
      case "traffic.sidecar.istio.io/excludeInterfaces",
          "traffic.sidecar.istio.io/kubevirtInterfaces",
          "istio.io/reroute-virtual-interfaces" ->
          unless(
              all(value, name -> INTERFACE.matcher(name).matches()),
              "is no list of network interfaces");
      case "prometheus.istio.io/merge-metrics" ->
          unless(BOOLEANS.contains(value), "is neither true nor false");
      case "sidecar.istio.io/proxyCPU",
          "sidecar.istio.io/proxyCPULimit",
          "sidecar.istio.io/proxyMemory",
          "sidecar.istio.io/proxyMemoryLimit" ->
          unless(QUANTITY.matcher(value).matches(), "is no quantity such as 100m or 128Mi");
      case "proxy.istio.io/config" -> proxyConfig(value);
      default -> Optional.empty();
    };
  }

  private static Optional<String> unless(boolean sound, String problem) {
    return sound ? Optional.empty() : Optional.of(problem);
  }

  /// Whether each part of a list between commas is sound; an empty list is.
  private static boolean all(String list, Predicate<String> sound) {
    return list.isEmpty() || Arrays.stream(list.split(",", -1)).map(String::strip).allMatch(sound);
  }

  private static boolean isNumber(String text, long greatest) {
    return !text.isEmpty()
        && text.length() <= 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(text) <= greatest;
  }

  private static boolean isPort(String text) {
    return isNumber(text, UINT16);
  }

  private static boolean isRange(String text) {
    var slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    var address = text.substring(0, slash);
    var length = text.substring(slash + 1);
    return address.indexOf(':') < 0
        ? IPV4.matcher(address).matches() && isNumber(length, 32)
        : isIpv6(address) && isNumber(length, 128);
  }

  /// Eight groups, or fewer around one `::`; the last two may be written as an IPv4 address.
  private static boolean isIpv6(String address) {
    var gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address) == 8;
    }
    var before = address.substring(0, gap);
    var after = address.substring(gap + 2);
    var count = (before.isEmpty() ? 0 : groups(before)) + (after.isEmpty() ? 0 : groups(after));
    return count < 8;
  }

  /// How many groups there are; too many where one is none.
  private static int groups(String text) {
    var none = 100;
    var count = 0;
    var parts = text.split(":", -1);
    for (var i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        count++;
      } else if (i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
        count += 2;
      } else {
        return none;
      }
    }
    return count;
  }

  private static Optional<String> proxyConfig(String value) {
    var root = new AtomicReference<Node>(new Node.Mapping(new LinkedHashMap<>(), 1, 1));
    try {
      DocumentReader.read(
          "proxy.istio.io/config",
          new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)),
          root::set);
    } catch (IOException _) {
      return Optional.of("is no YAML");
    }
    if (!(root.get() instanceof Node.Mapping)) {
      return Optional.of("is no object of YAML with the settings of a proxy");
    }
    var concurrency = new Field("", "", root.get()).named("concurrency").map(Field::text);
    return concurrency.isPresent() && !isNumber(concurrency.get(), UINT32)
        ? Optional.of("sets concurrency to what is no whole number")
        : Optional.empty();
  }
}
