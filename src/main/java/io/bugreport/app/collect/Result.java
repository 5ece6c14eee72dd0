package io.bugreport.app.collect;

import io.bugreport.collector.CollectionSummary;
import io.bugreport.model.finding.Diagnosis;
import io.bugreport.model.snapshot.LeftOut;
import io.bugreport.model.snapshot.Manifest.Leak;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run made.
///
/// @param archive the file or folder
/// @param page the report, beside the archive, so that it opens with a double click; null where the
///   archive is encrypted
/// @param summary what came of the collection
/// @param diagnosis what the checks conclude
/// @param leaks what still looks like a secret: the archive must not be passed on before somebody
///   looked
/// @param leftOut what had to be left out; null where nothing had to
/// @param console the report in at most twenty lines, for a terminal
public record Result(
    Path archive,
    @Nullable Path page,
    CollectionSummary summary,
    Diagnosis diagnosis,
    List<Leak> leaks,
    @Nullable LeftOut leftOut,
    String console) {
  public Result {
    leaks = List.copyOf(leaks);
  }
}
