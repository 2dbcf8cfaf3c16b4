package io.inferencemetrics.metric;

import java.util.Optional;

/**
 * Something said in words: a model's name, a version, a state.
 *
 * @param name the stable name
 * @param unit the unit of every value
 * @param meaning what a value means, in one sentence
 * @param overRanks how the ranks of one server combine
 * @param overReplicas how several servers combine
 * @param openTelemetryName the name in OpenTelemetry's semantic conventions, where one exists
 */
public record TextMetric(
        String name,
        Unit unit,
        String meaning,
        Aggregation overRanks,
        Aggregation overReplicas,
        Optional<String> openTelemetryName)
        implements Metric<String> {

    /** Creates a key without an OpenTelemetry name whose ranks and servers combine alike. */
    public static TextMetric of(String name, Unit unit, String meaning, Aggregation aggregation) {
        return new TextMetric(name, unit, meaning, aggregation, aggregation, Optional.empty());
    }

    /** The same key with the name it has in OpenTelemetry's semantic conventions. */
    public TextMetric withOpenTelemetryName(String otelName) {
        return new TextMetric(name, unit, meaning, overRanks, overReplicas, Optional.of(otelName));
    }

    /** The same key with another rule for several servers. */
    public TextMetric withOverReplicas(Aggregation aggregation) {
        return new TextMetric(name, unit, meaning, overRanks, aggregation, openTelemetryName);
    }
}
