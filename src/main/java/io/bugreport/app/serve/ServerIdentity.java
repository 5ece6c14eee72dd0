package io.bugreport.app.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Who the server is for one run: a self-signed certificate for loopback, and the token that it
/// lets in. Both are new at each start. The certificate comes from the JDK's own `keytool`, which
/// is part of every Java runtime (module `java.base`).
///
/// @param keys holds the key and its certificate
/// @param password of the key store, known to this process alone
/// @param certificate in PEM
record ServerIdentity(KeyStore keys, String password, String certificate, String token) {
  private static final String ALIAS = "serve";

  static ServerIdentity create() throws IOException {
    var folder = Files.createTempDirectory("bug-report-serve-");
    var file = folder.resolve("identity.p12");
    try {
      var password = random();
      generate(file, password);
      var keys = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(file)) {
        keys.load(in, password.toCharArray());
      }
      var certificate = keys.getCertificate(ALIAS);
      var pem =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(certificate.getEncoded())
              + "\n-----END CERTIFICATE-----\n";
      return new ServerIdentity(keys, password, pem, random());
    } catch (GeneralSecurityException e) {
      throw new IOException("the server's certificate cannot be read back", e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void generate(Path file, String password) throws IOException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var builder =
        new ProcessBuilder(
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=bug-report serve",
                "-startdate",
                "-1d",
                "-validity",
                "366",
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "ku:critical=digitalSignature,keyCertSign",
                "-ext",
                "eku=serverAuth",
                "-ext",
                "san=ip:127.0.0.1,ip:::1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "STORE_PASSWORD"));
    builder.environment().put("STORE_PASSWORD", password);
    builder.redirectErrorStream(true);
    var process = builder.start();
    process.getOutputStream().close();
    String said;
    try (InputStream out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            "keytool made no certificate for the server: "
                + said
                + "; check the Java runtime at "
                + System.getProperty("java.home"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the server's certificate was made", e);
    } finally {
      process.destroy();
    }
  }

  private static String random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Keeps key and token out of logs.
  @Override
  public String toString() {
    return "ServerIdentity";
  }
}
