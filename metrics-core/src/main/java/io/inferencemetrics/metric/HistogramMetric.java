package io.inferencemetrics.metric;

import java.util.Optional;

/**
 * A distribution of observations in buckets, counted since the server started.
 *
 * @param name the stable name
 * @param unit the unit of every value
 * @param meaning what a value means, in one sentence
 * @param overRanks how the ranks of one server combine
 * @param overReplicas how several servers combine
 * @param openTelemetryName the name in OpenTelemetry's semantic conventions, where one exists
 */
public record HistogramMetric(
        String name,
        Unit unit,
        String meaning,
        Aggregation overRanks,
        Aggregation overReplicas,
        Optional<String> openTelemetryName)
        implements Metric<HistogramValue> {

    /** Creates a key without an OpenTelemetry name whose ranks and servers combine alike. */
    public static HistogramMetric of(String name, Unit unit, String meaning, Aggregation aggregation) {
        return new HistogramMetric(name, unit, meaning, aggregation, aggregation, Optional.empty());
    }

    /** The same key with the name it has in OpenTelemetry's semantic conventions. */
    public HistogramMetric withOpenTelemetryName(String otelName) {
        return new HistogramMetric(name, unit, meaning, overRanks, overReplicas, Optional.of(otelName));
    }

    /** The same key with another rule for several servers. */
    public HistogramMetric withOverReplicas(Aggregation aggregation) {
        return new HistogramMetric(name, unit, meaning, overRanks, aggregation, openTelemetryName);
    }
}
