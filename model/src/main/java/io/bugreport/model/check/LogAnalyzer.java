package io.bugreport.model.check;

import io.bugreport.model.log.LogPattern;
import java.util.List;

/// An analyzer that reads logs. It says what it looks for, and all logs are read once for all of
/// them.
public interface LogAnalyzer extends Analyzer {

  /// What it looks for, in the logs that its check declares as its sources.
  List<LogPattern> patterns();
}
