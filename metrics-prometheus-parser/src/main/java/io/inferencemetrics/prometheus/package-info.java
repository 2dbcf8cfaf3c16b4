/** A streaming parser of the Prometheus text format 0.0.4 and of OpenMetrics 1.0. */
@NullMarked
package io.inferencemetrics.prometheus;

import org.jspecify.annotations.NullMarked;
