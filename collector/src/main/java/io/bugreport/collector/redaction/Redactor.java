package io.bugreport.collector.redaction;

import io.bugreport.collector.redaction.rules.UserRules;
import io.bugreport.model.archive.Layout;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Leaves secrets out of everything that is written: values of Kubernetes Secrets, private keys,
/// tokens, passwords. What is no secret passes byte for byte. Redacting what was redacted before
/// changes nothing, so a replayed snapshot is collected as the same bytes.
///
/// One redactor serves all entries of an archive, on any number of threads. Each entry is read
/// once, in memory that does not depend on its size.
public final class Redactor implements Redaction {
  private final Scan scan = new Scan(Rules.all());
  private final Tally tally;
  private final EntryNames names = new EntryNames(scan);
  private final UserRules rules;

  /// With the rules of this program alone.
  public Redactor() {
    this(UserRules.none(), null);
  }

  /// @param rules what the user wants gone besides
  /// @param seen told of every value that is replaced; null where nobody asks
  public Redactor(UserRules rules, @Nullable Seen seen) {
    this.rules = rules;
    this.tally = new Tally(seen);
  }

  @Override
  public OutputStream redact(String path, OutputStream out) {
    var entry = tally.entry(path);
    var behind = rules.redact(path, entry::add, out);
    var stream = scan.stream(Layout.isDocument(path), entry, behind);
    return isSecrets(path) ? new SecretManifest(entry, stream) : stream;
  }

  @Override
  public String name(String path) {
    return names.of(path);
  }

  /// The same text without its secrets, for a terminal or an error's report. It is not counted.
  public String text(String text) {
    return scan.redacted(text);
  }

  private static boolean isSecrets(String path) {
    return Layout.objectFile(path)
        .filter(file -> file.group().isEmpty() && file.plural().equals("secrets"))
        .isPresent();
  }

  /// How often each rule found something, by the rule's name, in the entries closed so far.
  public SequencedMap<String, Long> counts() {
    return tally.counts();
  }

  /// Of which entries closed so far much was replaced, with the share of their bytes in percent:
  /// either they are full of secrets, or a rule takes for one what is evidence.
  public SequencedMap<String, Integer> muchRedacted() {
    return tally.much();
  }

  /// The content of `redactions.json`: rule, path and count of the entries closed so far, in this
  /// order, and never a value.
  public String report() {
    return tally.report();
  }

  /// As [#report()], together with those of an earlier pass over the same entries.
  ///
  /// @param earlier the content of its `redactions.json`, or nothing
  /// @throws IOException when it is not such a file
  public String report(String earlier) throws IOException {
    return tally.with(earlier).report();
  }
}
