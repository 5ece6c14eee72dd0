/// What happened and when, across clusters: restarts, deployments, changes, warnings, errors.
@NullMarked
package io.bugreport.report.timeline;

import org.jspecify.annotations.NullMarked;
