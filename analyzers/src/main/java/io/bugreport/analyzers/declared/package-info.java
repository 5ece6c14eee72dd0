/// Checks that are not programmed but declared: YAML with a condition in CEL.
@org.jspecify.annotations.NullMarked
package io.bugreport.analyzers.declared;
