package io.bugreport.collector.redaction;

import io.bugreport.model.archive.Layout;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names of entries without the secrets that may stand in names of objects and files. A name that
/// holds one becomes `redacted-` and a number that no other name of the archive has; it is made
/// with a key that nobody keeps, so it tells nothing of the name.
final class EntryNames {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int NUMBER_BYTES = 6;

  /// Readers go by these.
  private static final Set<String> SUFFIXES =
      Set.of(".yaml", ".yml", ".json", ".jsonl", ".log", ".txt", ".md");

  private final Scan scan;
  private final SecretKeySpec key;

  EntryNames(Scan scan) {
    this.scan = scan;
    var random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  String of(String path) {
    return Arrays.stream(path.split("/", -1)).map(this::segment).collect(Collectors.joining("/"));
  }

  private String segment(String segment) {
    var name = Layout.name(segment);
    if (scan.redacted(name).equals(name)) {
      return segment;
    }
    var dot = segment.lastIndexOf('.');
    var suffix = dot < 0 ? "" : segment.substring(dot);
    var known = SUFFIXES.contains(suffix);
    return "redacted-"
        + number(known ? segment.substring(0, dot) : segment)
        + (known ? suffix : "");
  }

  private String number(String segment) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      var code = mac.doFinal(segment.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(code, 0, NUMBER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
