package io.bugreport.model.check;

import java.io.IOException;
import java.util.List;

/// Looks for one kind of problem. It is pure: it reads the mesh it is given and nothing else, no
/// network, file or clock; the same mesh gives the same observations.
@FunctionalInterface
public interface Analyzer {

  /// Examines a mesh.
  ///
  /// @param mesh what the check declared as its input, and only what could be seen of it
  /// @return what is wrong; empty where all is well
  /// @throws IOException when evidence cannot be read; the check then counts as not evaluated
  List<Observation> analyze(Mesh mesh) throws IOException;
}
