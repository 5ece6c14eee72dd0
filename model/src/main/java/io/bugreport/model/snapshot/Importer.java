package io.bugreport.model.snapshot;

import io.bugreport.model.archive.ArchiveReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// Reads what another tool collected as if it lay in our layout.
sealed interface Importer permits IstioctlImporter, MustGatherImporter, ClusterDumpImporter {

  /// The one that knows an archive.
  ///
  /// @param paths the archive's, without the root folder
  static Optional<Importer> of(SequencedSet<String> paths) {
    List<Importer> all =
        List.of(new IstioctlImporter(), new MustGatherImporter(), new ClusterDumpImporter());
    return all.stream().filter(importer -> importer.recognizes(paths)).findFirst();
  }

  /// Whether an archive with these paths is of this tool.
  boolean recognizes(SequencedSet<String> paths);

  /// Which namespaces a list in such an archive is of.
  enum Reach {
    /// The tool asks for all of them at once.
    ALL,
    /// Those that have a file, of all that the archive names.
    NAMED,
    /// Those that have a file; there may be others.
    SOME
  }

  /// Which namespaces the lists of an archive with these paths are of.
  Reach reach(SequencedSet<String> paths);

  /// What people call the tool.
  String tool();

  /// Says where each file belongs.
  void place(ArchiveReader archive, ImportedFiles files) throws IOException;
}
