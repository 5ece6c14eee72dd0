/// Google's Common Expression Language over documents: the conditions of declared checks, and the
/// rules of `CustomResourceDefinition`s.
@org.jspecify.annotations.NullMarked
package io.bugreport.analyzers.cel;
