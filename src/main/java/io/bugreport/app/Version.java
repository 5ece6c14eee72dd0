package io.bugreport.app;

import picocli.CommandLine.IVersionProvider;

/// The version in the jar's manifest.
public final class Version implements IVersionProvider {

  /// Name and version, as in the manifests of archives.
  public static String text() {
    return "bug-report " + number();
  }

  /// The version alone.
  static String number() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {text(), "Java " + Runtime.version()};
  }
}
