/// Kubernetes objects and other JSON or YAML documents as trees whose every value knows its line.
@NullMarked
package io.bugreport.model.resource;

import org.jspecify.annotations.NullMarked;
