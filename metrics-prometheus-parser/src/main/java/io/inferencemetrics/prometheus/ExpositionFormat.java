package io.inferencemetrics.prometheus;

/** The two text formats in which servers expose metrics. */
public enum ExpositionFormat {
    /** Prometheus text format 0.0.4, with the quoted UTF-8 names of Prometheus 3. */
    TEXT,
    /** OpenMetrics 1.0. */
    OPENMETRICS
}
