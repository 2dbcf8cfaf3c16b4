package io.inferencemetrics.metric;

import java.util.Optional;

/**
 * A name under which a server can be asked for something, with all that is known about the answer.
 *
 * <p>Keys are typed by kind, so that asking for a percentile of a gauge does not compile. Two keys are equal when all
 * they say is equal. Implementations are immutable.
 *
 * @param <T> the type of an answer's value
 */
public sealed interface Metric<T> permits NumericMetric, HistogramMetric, TextMetric {

    /** The stable name, such as {@code requests.running}; for an engine's own metric its name on the wire. */
    String name();

    /** The unit of every value. */
    Unit unit();

    /** What a value means, in one sentence. */
    String meaning();

    /** How the ranks of one server combine. */
    Aggregation overRanks();

    /** How several servers combine. */
    Aggregation overReplicas();

    /** The name in OpenTelemetry's semantic conventions, where one exists. */
    Optional<String> openTelemetryName();
}
