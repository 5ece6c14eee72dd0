package io.bugreport.model.archive;

import io.bugreport.model.archive.Verification.Difference;
import io.bugreport.model.seal.KeyException;
import io.bugreport.model.seal.SigningKey;
import io.bugreport.model.seal.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Who vouches for an archive: `SHA256SUMS` names every file with its checksum, as `sha256sum`
/// writes and checks it, and a signature lies beside it. Both are files like the others, so they
/// survive unpacking, packing again and encryption.
public final class SignedChecksums {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

  /// Two million lines of 400 bytes.
  private static final long LARGEST = 800L << 20;

  private static final int LARGEST_SIGNATURE = 1 << 14;

  private SignedChecksums() {}

  /// Signs what was written so far. Nothing may follow it but the index.
  ///
  /// @param comment a line that is signed too, where the format of the key has room for one
  public static void sign(ArchiveWriter archive, SigningKey key, String comment)
      throws IOException {
    var text = new StringBuilder();
    for (var entry : archive.checksums().entrySet()) {
      var path = entry.getKey();
      if (path.chars().anyMatch(Character::isISOControl)) {
        throw new ArchiveException("a path with control characters cannot be signed");
      }
      if (!isSignature(path)) {
        text.append(entry.getValue()).append("  ").append(path).append('\n');
      }
    }
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    archive.write(Layout.CHECKSUMS, bytes);
    archive.write(Layout.CHECKSUMS + key.suffix(), key.sign(bytes, comment));
  }

  /// Whether a file is part of a signature, which an archive that is written anew has no use for.
  public static boolean isSignature(String path) {
    return path.equals(Layout.CHECKSUMS) || path.startsWith(Layout.CHECKSUMS + ".");
  }

  /// Holds every byte of an archive against what was signed.
  ///
  /// @param key of the one who is trusted
  /// @return what is not as it was signed; empty where everything is
  public static List<Difference> differences(ArchiveReader archive, VerifyingKey key)
      throws IOException {
    var signature = Layout.CHECKSUMS + key.suffix();
    if (!archive.has(Layout.CHECKSUMS) || !archive.has(signature)) {
      return List.of(new Difference("", "it is not signed by such a key: it has no " + signature));
    }
    byte[] sums;
    try {
      sums = bytes(archive, Layout.CHECKSUMS, LARGEST);
      key.verify(
          sums, new String(bytes(archive, signature, LARGEST_SIGNATURE), StandardCharsets.UTF_8));
    } catch (KeyException | ArchiveException e) {
      return List.of(new Difference(signature, String.valueOf(e.getMessage())));
    }
    List<Difference> differences = new ArrayList<>();
    var signed = parsed(sums);
    for (var path : archive.paths()) {
      if (!signed.containsKey(path) && !isSignature(path)) {
        differences.add(new Difference(path, "is not signed"));
      }
    }
    for (var entry : signed.entrySet()) {
      var path = entry.getKey();
      if (!archive.has(path)) {
        differences.add(new Difference(path, "is missing, and was signed"));
        continue;
      }
      try (var in = archive.open(path)) {
        if (!Sha256.of(in).equals(entry.getValue())) {
          differences.add(new Difference(path, "is not what was signed"));
        }
      } catch (ArchiveException e) {
        differences.add(new Difference(path, "cannot be read: " + e.getMessage()));
      }
    }
    return differences;
  }

  private static byte[] bytes(ArchiveReader archive, String path, long largest) throws IOException {
    if (archive.size(path) > largest) {
      throw new ArchiveException("it is larger than " + largest + " bytes");
    }
    try (var in = archive.open(path)) {
      return in.readAllBytes();
    }
  }

  private static Map<String, String> parsed(byte[] sums) throws ArchiveException {
    Map<String, String> all = new TreeMap<>();
    for (var line : new String(sums, StandardCharsets.UTF_8).lines().toList()) {
      var matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new ArchiveException(Layout.CHECKSUMS + " has a line that is no checksum");
      }
      all.put(matcher.group(2), matcher.group(1));
    }
    return all;
  }
}
