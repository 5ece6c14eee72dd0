/// Meshes that never were: whole snapshots made from a plan and named faults, for the samples, the
/// demo, tests and benchmarks. A [Mesh] is the truth, and every file is a view of it, so that the
/// files agree with each other.
@NullMarked
package io.bugreport.app.synthetic;

import org.jspecify.annotations.NullMarked;
