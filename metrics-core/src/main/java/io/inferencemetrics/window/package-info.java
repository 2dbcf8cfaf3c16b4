/** What happened on one server over a time: rates, quantiles, means, ratios, gauges; and the history of its snapshots. */
@NullMarked
package io.inferencemetrics.window;

import org.jspecify.annotations.NullMarked;
