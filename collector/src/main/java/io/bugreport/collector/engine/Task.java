package io.bugreport.collector.engine;

import java.io.IOException;

/// A piece of work that ends one or more items.
public interface Task {

  /// The node it puts load on; empty for the API server alone.
  default String node() {
    return "";
  }

  /// Ends the items of which is known without a request what comes of them: left out by an option,
  /// or forbidden. Not needed before [#run()], which does the same.
  default void settle() {}

  /// Does the work. Errors of single items are theirs; what is thrown ends this task alone.
  void run() throws IOException;

  /// Ends the items that the work left open.
  ///
  /// @param failure what it threw
  void fail(Exception failure);
}
