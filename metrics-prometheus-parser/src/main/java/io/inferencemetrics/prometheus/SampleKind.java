package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.List;

/** What a sample is within its family, as the suffix of its name says. */
enum SampleKind {
    /** Of a gauge or unknown family, a quantile, or a state. */
    VALUE(""),
    TOTAL("_total"),
    CREATED("_created"),
    BUCKET("_bucket"),
    SUM("_sum"),
    COUNT("_count"),
    GAUGE_SUM("_gsum"),
    GAUGE_COUNT("_gcount"),
    INFO("_info");

    private static final List<List<SampleKind>> BY_TYPE =
            Arrays.stream(MetricType.values()).map(SampleKind::allowed).toList();

    final String suffix;

    SampleKind(String suffix) {
        this.suffix = suffix;
    }

    /** What OpenMetrics allows in a family of a type; {@link MetricType#suffixes()} also has what servers write. */
    static List<SampleKind> of(MetricType type) {
        return BY_TYPE.get(type.ordinal());
    }

    private static List<SampleKind> allowed(MetricType type) {
        return switch (type) {
            case COUNTER -> List.of(TOTAL, CREATED);
            case HISTOGRAM -> List.of(BUCKET, SUM, COUNT, CREATED);
            case GAUGE_HISTOGRAM -> List.of(BUCKET, GAUGE_SUM, GAUGE_COUNT);
            case SUMMARY -> List.of(VALUE, SUM, COUNT, CREATED);
            case INFO -> List.of(INFO);
            case GAUGE, STATESET, UNKNOWN -> List.of(VALUE);
        };
    }

    /** A count of something, which is neither negative nor NaN. */
    boolean isCounter() {
        return switch (this) {
            case TOTAL, BUCKET, SUM, COUNT, GAUGE_COUNT -> true;
            default -> false;
        };
    }

    boolean isWhole() {
        return this == BUCKET || this == COUNT || this == GAUGE_COUNT;
    }
}
