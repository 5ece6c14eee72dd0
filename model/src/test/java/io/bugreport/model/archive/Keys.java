package io.bugreport.model.archive;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.bugreport.model.seal.Identities;
import io.bugreport.model.seal.Recipients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/// Keys that are made for a test.
///
/// @param recipient the public one
/// @param identity a file with the private one
record Keys(String recipient, Path identity) {

  static Keys make(Path folder) throws IOException, GeneralSecurityException {
    var pair = new X25519KeyPairGenerator().generateKeyPair();
    var file = folder.resolve("identity-" + System.nanoTime());
    Files.writeString(file, "# made for a test\n" + pair.getPrivate() + "\n");
    return new Keys(pair.getPublic().toString(), file);
  }

  Recipients recipients() throws IOException {
    return Recipients.of(List.of(recipient));
  }

  Identities identities() throws IOException {
    return Identities.read(identity);
  }

  /// Runs a program.
  ///
  /// @return what it says, and then its exit code
  static String run(byte[] input, String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input);
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "exit " + process.waitFor();
  }

  static boolean isThere(String program) {
    return List.of("/usr/bin/", "/usr/local/bin/", "/bin/").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
  }
}
