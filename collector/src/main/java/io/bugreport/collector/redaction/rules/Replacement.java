package io.bugreport.collector.redaction.rules;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Replaces in a piece of text what the rules for its entry find.
final class Replacement {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String MASK = "[redacted]";
  private static final int NUMBER_BYTES = 6;

  /// What redaction has put there stays as it is.
  private static final Pattern MARKER = Pattern.compile("\\[redacted[^\\]\\n]{0,700}]");

  private final List<UserRule> rules;
  private final byte[] key;
  private final UserRules.Count count;

  Replacement(List<UserRule> rules, byte[] key, UserRules.Count count) {
    this.rules = rules;
    this.key = key;
    this.count = count;
  }

  /// The text as it may be written.
  String in(String text) {
    var result = text;
    for (var rule : rules) {
      try {
        result = apply(rule, result);
      } catch (Bounded.ExhaustedException | StackOverflowError _) {
        // What cannot be looked at does not pass.
        count.add(rule.name(), result, 0, result.length());
        result = MASK + (text.endsWith("\n") ? "\n" : "");
      }
    }
    return result;
  }

  private String apply(UserRule rule, String text) {
    var field = rule.field();
    var pattern = rule.pattern();
    var out = new StringBuilder();
    var done = 0;
    if (field == null) {
      if (pattern != null) {
        done = replaceAll(rule, pattern, text, 0, text.length(), out);
      }
    } else {
      var matcher = field.matcher(new Bounded(text));
      while (matcher.find()) {
        var group = valueGroup(matcher);
        var from = Math.max(done, matcher.start(group));
        var to = matcher.end(group);
        out.append(text, done, from);
        done =
            pattern == null
                ? replace(rule, text, from, to, out)
                : replaceAll(rule, pattern, text, from, to, out);
        out.append(text, done, to);
        done = to;
      }
    }
    return out.append(text, done, text.length()).toString();
  }

  private static int valueGroup(Matcher matcher) {
    for (var group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.start(group) >= 0) {
        return group;
      }
    }
    throw new IllegalStateException("A field without a value was found");
  }

  /// @return how far the text is written
  private int replaceAll(
      UserRule rule, Pattern pattern, String text, int from, int to, StringBuilder out) {
    var marker = MARKER.matcher(text);
    var inMarker = marker.find();
    var matcher = pattern.matcher(new Bounded(text)).region(from, to);
    var done = from;
    while (matcher.find()) {
      while (inMarker && marker.end() <= matcher.start()) {
        inMarker = marker.find();
      }
      if (inMarker && marker.start() < matcher.end()) {
        continue;
      }
      out.append(text, done, matcher.start());
      done = replace(rule, text, matcher.start(), matcher.end(), out);
    }
    return done;
  }

  private int replace(UserRule rule, String text, int from, int to, StringBuilder out) {
    var value = text.substring(from, to);
    if (value.isEmpty() || MARKER.matcher(value).matches()) {
      out.append(value);
      return to;
    }
    count.add(rule.name(), text, from, to);
    switch (rule.action()) {
      case MASK -> out.append(MASK);
      case DROP -> {}
      case HASH -> out.append("[redacted: hash ").append(number(value)).append(']');
    }
    return to;
  }

  private String number(String value) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of()
          .formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 0, NUMBER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
