/// Objects held against the schema of their kind, and against the rules that a schema cannot say.
@NullMarked
package io.bugreport.analyzers.schema;

import org.jspecify.annotations.NullMarked;
