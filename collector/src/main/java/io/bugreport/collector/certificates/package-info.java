/// What checks need to know of certificates, Helm releases and signing requests, computed while the
/// objects pass: keys and values that are secret go no further than this.
@NullMarked
package io.bugreport.collector.certificates;

import org.jspecify.annotations.NullMarked;
