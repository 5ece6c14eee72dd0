package io.bugreport.model.archive;

/// The containers a snapshot can be written to.
public enum ArchiveFormat {
  /// A `.tar.gz` of independent gzip members: any tar opens it, and any entry is read in place.
  TAR_GZ(".tar.gz"),
  /// A `.tar.zst`: the smallest, since proxies' dumps are nearly alike. It is unpacked to be read.
  TAR_ZST(".tar.zst"),
  /// A plain folder in the same layout.
  DIRECTORY("");

  private final String suffix;

  ArchiveFormat(String suffix) {
    this.suffix = suffix;
  }

  /// What follows the archive's root name in its file name.
  public String suffix() {
    return suffix;
  }
}
