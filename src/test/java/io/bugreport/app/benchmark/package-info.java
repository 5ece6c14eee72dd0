/// Measurements, never assertions: the profile `benchmark` runs them and they print tables.
@org.jspecify.annotations.NullMarked
package io.bugreport.app.benchmark;
