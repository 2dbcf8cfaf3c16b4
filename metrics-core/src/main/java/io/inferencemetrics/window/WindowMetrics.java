package io.inferencemetrics.window;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.Unit;
import java.util.List;

/**
 * What only a window can say: worked out of its counters and histograms wherever there are some, and asked for with
 * {@link Window#reading}.
 */
public final class WindowMetrics {
    /** How many requests generated tokens at once, on the mean. */
    public static final GaugeMetric REQUESTS_DECODING = GaugeMetric.of(
            "requests.decoding",
            Unit.REQUESTS,
            "Requests that generated tokens at once, on the mean: times between tokens, added up, a second.",
            Aggregation.SUM);

    /** How many requests were on the server at once, on the mean. */
    public static final GaugeMetric REQUESTS_IN_SYSTEM = GaugeMetric.of(
            "requests.in_system",
            Unit.REQUESTS,
            "Requests on the server at once, on the mean, by Little's law: latencies of those that ended, added up, a second.",
            Aggregation.SUM);

    /** How much of a request's latency was waiting. */
    public static final RatioMetric QUEUE_SHARE = RatioMetric.of(
            "latency.queue_share", Unit.RATIO, "Share of their latency for which requests waited.", Aggregation.MEAN);

    /** Tokens generated for a request that ended. */
    public static final GaugeMetric GENERATED_TOKENS_PER_REQUEST = GaugeMetric.of(
            "tokens.generated.per_request",
            Unit.TOKENS,
            "Tokens generated for each request that ended.",
            Aggregation.MEAN);

    /** Prompt tokens of a request that ended. */
    public static final GaugeMetric PROMPT_TOKENS_PER_REQUEST = GaugeMetric.of(
            "tokens.prompt.per_request", Unit.TOKENS, "Prompt tokens for each request that ended.", Aggregation.MEAN);

    /** How full the KV cache got. */
    public static final RatioMetric KV_SATURATION = RatioMetric.of(
            "saturation.kv", Unit.RATIO, "The highest KV cache usage seen on any rank.", Aggregation.MAX);

    /** How many of the requests waited. */
    public static final RatioMetric QUEUE_SATURATION = RatioMetric.of(
            "saturation.queue",
            Unit.RATIO,
            "Share of the requests on the server that waited, on the mean.",
            Aggregation.MEAN);

    private WindowMetrics() {}

    /** All of them, in the order of their declaration. */
    public static List<NumericMetric> all() {
        return List.of(
                REQUESTS_DECODING,
                REQUESTS_IN_SYSTEM,
                QUEUE_SHARE,
                GENERATED_TOKENS_PER_REQUEST,
                PROMPT_TOKENS_PER_REQUEST,
                KV_SATURATION,
                QUEUE_SATURATION);
    }
}
