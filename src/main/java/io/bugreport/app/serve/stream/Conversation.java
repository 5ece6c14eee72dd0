package io.bugreport.app.serve.stream;

import java.io.IOException;

/// What is done with a connection after its upgrade, on a thread of its own. The connection is
/// closed when it returns.
///
/// @param <C> the kind of connection
@FunctionalInterface
public interface Conversation<C> {
  void hold(C connection) throws IOException;
}
