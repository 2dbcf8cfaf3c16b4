package io.inferencemetrics.metric;

import java.util.Optional;

/**
 * A count of what happened since the server started: it only grows, until a restart.
 *
 * @param name the stable name
 * @param unit the unit of every value
 * @param meaning what a value means, in one sentence
 * @param overRanks how the ranks of one server combine
 * @param overReplicas how several servers combine
 * @param openTelemetryName the name in OpenTelemetry's semantic conventions, where one exists
 */
public record CounterMetric(
        String name,
        Unit unit,
        String meaning,
        Aggregation overRanks,
        Aggregation overReplicas,
        Optional<String> openTelemetryName)
        implements NumericMetric {

    /** Creates a key without an OpenTelemetry name whose ranks and servers combine alike. */
    public static CounterMetric of(String name, Unit unit, String meaning, Aggregation aggregation) {
        return new CounterMetric(name, unit, meaning, aggregation, aggregation, Optional.empty());
    }

    /** The same key with the name it has in OpenTelemetry's semantic conventions. */
    public CounterMetric withOpenTelemetryName(String otelName) {
        return new CounterMetric(name, unit, meaning, overRanks, overReplicas, Optional.of(otelName));
    }

    /** The same key with another rule for several servers. */
    public CounterMetric withOverReplicas(Aggregation aggregation) {
        return new CounterMetric(name, unit, meaning, overRanks, aggregation, openTelemetryName);
    }
}
