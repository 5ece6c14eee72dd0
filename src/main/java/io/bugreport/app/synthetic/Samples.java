package io.bugreport.app.synthetic;

import io.bugreport.model.archive.ArchiveFormat;
import io.bugreport.model.archive.ArchiveWriter;
import io.bugreport.model.archive.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The sample meshes, made when they are asked for: a healthy one, one with many faults, and one
/// for each scenario. The folders below `samples/` hold the same bytes as the first two.
public final class Samples {
  static final String HEALTHY = "bookinfo";
  static final String BROKEN = "bookinfo-broken";

  private Samples() {}

  public static List<String> names() {
    return Stream.concat(Stream.of(HEALTHY, BROKEN), Scenario.all().stream().map(Scenario::name))
        .toList();
  }

  /// Writes a sample as a folder.
  ///
  /// @param target the folder to make; it must not exist
  /// @throws IllegalArgumentException that lists the names where there is no such sample
  public static void write(String name, Path target) throws IOException {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "no sample is called " + name + "; there are: " + String.join(", ", names()));
    }
    var plan = MeshPlan.bookinfo().named(name);
    var faults =
        name.equals(BROKEN)
            ? Fault.all()
            : Scenario.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .map(Scenario::fault)
                .toList();
    try (var archive =
        ArchiveWriter.create(
            target, name, ArchiveFormat.DIRECTORY, plan.time(), Redaction.none())) {
      SyntheticMesh.write(plan, faults, archive);
    }
  }
}
