package io.bugreport.report.view;

/// What a report says about itself besides the snapshot. It holds no time: the snapshot has its
/// own.
///
/// @param archive the archive's file name, without folders
/// @param toolVersion the version of the program that renders
public record ReportContext(String archive, String toolVersion) {

  public ReportContext {
    if (archive.isBlank() || toolVersion.isBlank()) {
      throw new IllegalArgumentException("a report names its archive and its tool's version");
    }
  }
}
