/// How the objects of a mesh hang together: which route sends to which service, and which workloads
/// a finding reaches.
@NullMarked
package io.bugreport.report.mesh;

import org.jspecify.annotations.NullMarked;
