package io.inferencemetrics.prometheus;

import java.util.List;

/** The type of a metric family, as its TYPE line declares it. */
public enum MetricType {
    /** A sum that only grows while its server lives. */
    COUNTER("counter", "_total", "_created"),
    /** A value that goes up and down. */
    GAUGE("gauge"),
    /** Cumulative buckets with the sum and the count of the observations. */
    HISTOGRAM("histogram", "_bucket", "_sum", "_count", "_created"),
    /** Quantiles with the sum and the count of the observations. */
    SUMMARY("summary", "_sum", "_count", "_created"),
    /** Text in labels; the value is 1. */
    INFO("info", "_info"),
    /** A set of booleans, one sample a state. */
    STATESET("stateset"),
    /** Buckets whose counts may go down, such as the ages of what waits in a queue. */
    GAUGE_HISTOGRAM("gaugehistogram", "_bucket", "_gsum", "_gcount", "_sum", "_count"),
    /** No TYPE line, {@code untyped}, {@code unknown}, or a word that is none of the types. */
    UNKNOWN("unknown");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, though its type does not say so
    private final List<String> suffixes;

    MetricType(String word, String... suffixes) {
        this.word = word;
        this.suffixes = List.of(suffixes);
    }

    /** The word that OpenMetrics has for this type on a TYPE line. */
    public String word() {
        return word;
    }

    /**
     * What a family of this type may append to its name in the names of its samples.
     *
     * <p>A suffix alone says nothing: {@code x_total} is a sample of the family {@code x} only if a TYPE line makes
     * {@code x} a counter, since a histogram may well be called {@code x_total}.
     */
    public List<String> suffixes() {
        return suffixes;
    }
}
