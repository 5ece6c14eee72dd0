package io.bugreport.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A file of ours that stands inside the page as it is.
///
/// @param text the whole of it
public record Asset(String text) {

  /// Reads a file of ours, or the user's own of that name.
  ///
  /// @param own the folder of the user's files; null for none
  static Asset load(String name, @Nullable Path own) throws IOException {
    if (own != null && Files.isRegularFile(own.resolve(name))) {
      return new Asset(Files.readString(own.resolve(name)));
    }
    try (var in = Asset.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not on the class path of the report");
      }
      return new Asset(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// Its markup, not escaped.
  public TemplateHTMLOutputModel markup() throws TemplateModelException {
    return HTMLOutputFormat.INSTANCE.fromMarkup(text);
  }

  /// Its source expression in a Content-Security-Policy, without quotes: `sha256-…`.
  public String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return "sha256-"
          + Base64.getEncoder()
              .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
