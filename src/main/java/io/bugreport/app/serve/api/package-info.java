/// The Kubernetes API over a snapshot's objects: discovery, lists, selectors, tables, watches, logs
/// and reviews of rights.
@NullMarked
package io.bugreport.app.serve.api;

import org.jspecify.annotations.NullMarked;
