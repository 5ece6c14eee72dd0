package io.bugreport.collector.pods;

import io.bugreport.collector.api.ApiServer;
import io.bugreport.collector.engine.Deadline;
import io.bugreport.collector.engine.Evidence;
import io.bugreport.collector.engine.Ledger;
import io.bugreport.collector.rights.Rights;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// What the logs of a cluster have in common.
///
/// @param deadline begins the time for one log
/// @param left bytes that may still be kept of all logs of the run
public record LogSetting(
    String cluster,
    ApiServer api,
    Ledger ledger,
    Evidence evidence,
    Supplier<Deadline> deadline,
    LogWindow window,
    AtomicLong left,
    Rights rights) {}
