/// Streams that travel inside one connection: the WebSocket channels and the SPDY/3.1 sessions by
/// which clients exec into pods and forward their ports.
@NullMarked
package io.bugreport.app.serve.stream;

import org.jspecify.annotations.NullMarked;
