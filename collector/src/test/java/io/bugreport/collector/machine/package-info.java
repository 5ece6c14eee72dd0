/// Tests against a machine laid out as Istio's guide for virtual machines lays it out.
@NullMarked
package io.bugreport.collector.machine;

import org.jspecify.annotations.NullMarked;
