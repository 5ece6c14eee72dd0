package io.bugreport.app.synthetic;

import java.util.function.Consumer;

/// A fault that is one change of a mesh.
///
/// @param seenBy the code of the check that finds it
/// @param change makes it so
record SeedFault(String name, String seenBy, Consumer<Mesh> change) implements Fault {
  @Override
  public void applyTo(Mesh mesh) {
    change.accept(mesh);
  }
}
