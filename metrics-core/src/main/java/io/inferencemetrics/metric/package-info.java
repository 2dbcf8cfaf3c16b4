/**
 * What can be asked of an inference server, the same over all engines: typed names with unit, meaning and aggregation.
 *
 * <p>The names of {@link io.inferencemetrics.metric.LlmMetrics} are stable; an application or a plugin may make its own
 * with the same records.
 */
@NullMarked
package io.inferencemetrics.metric;

import org.jspecify.annotations.NullMarked;
