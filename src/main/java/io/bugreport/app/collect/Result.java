package io.bugreport.app.collect;

import io.bugreport.collector.CollectionSummary;
import io.bugreport.model.finding.Diagnosis;
import java.nio.file.Path;

/// What a run made.
///
/// @param archive the file or folder
/// @param page the report, beside the archive, so that it opens with a double click
/// @param summary what came of the collection
/// @param diagnosis what the checks conclude
/// @param console the report in at most twenty lines, for a terminal
public record Result(
    Path archive, Path page, CollectionSummary summary, Diagnosis diagnosis, String console) {}
