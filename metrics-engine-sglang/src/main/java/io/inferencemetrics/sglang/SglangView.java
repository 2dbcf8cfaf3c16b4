package io.inferencemetrics.sglang;

import static io.inferencemetrics.spi.ViewSource.first;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.ViewSource;

/**
 * An SGLang server in the groups its users expect; NaN where the server does not say.
 *
 * @param requestMetrics what became of requests and how long they took
 * @param cacheMetrics the KV and prefix caches
 * @param systemMetrics queue, batch and throughput
 */
public record SglangView(RequestMetrics requestMetrics, CacheMetrics cacheMetrics, SystemMetrics systemMetrics) {

    /**
     * What became of requests; latencies are means over all observations since the server started.
     *
     * @param successTotal requests that ended
     * @param failureTotal requests that ended in an error of the server
     * @param requestDurationSeconds mean, from arrival to the last token
     * @param timeToFirstTokenSeconds mean
     * @param timePerOutputTokenSeconds mean of the requests' means; of the gaps between tokens on older versions
     * @param inputTokens mean of a request
     * @param outputTokens mean of a request
     */
    public record RequestMetrics(
            double successTotal,
            double failureTotal,
            double requestDurationSeconds,
            double timeToFirstTokenSeconds,
            double timePerOutputTokenSeconds,
            double inputTokens,
            double outputTokens) {}

    /**
     * The KV and prefix caches.
     *
     * @param cacheHitRate share of prompt tokens found in the cache, 0 to 1
     * @param cacheMemoryUsageBytes memory set aside for the KV cache
     * @param radixCacheSize tokens that the radix cache keeps for reuse
     * @param prefixCacheHitTotal prompt tokens found in the cache
     */
    public record CacheMetrics(
            double cacheHitRate, double cacheMemoryUsageBytes, double radixCacheSize, double prefixCacheHitTotal) {}

    /**
     * Queue, batch and throughput.
     *
     * @param numRequestsRunning requests being computed
     * @param numRequestsWaiting requests in the queue
     * @param batchSizeCurrent requests in the running batch
     * @param throughputTokensPerSecond generated tokens a second, as the server averages them
     */
    public record SystemMetrics(
            double numRequestsRunning,
            double numRequestsWaiting,
            double batchSizeCurrent,
            double throughputTokensPerSecond) {}

    /** The view of a snapshot. */
    public static SglangView of(MetricsSnapshot snapshot) {
        ViewSource from = new ViewSource(snapshot);
        return new SglangView(requests(from), caches(from), system(from));
    }

    private static RequestMetrics requests(ViewSource from) {
        return new RequestMetrics(
                from.value(LlmMetrics.REQUESTS_SUCCESS),
                from.value(LlmMetrics.REQUESTS_FAILED),
                first(from.mean(LlmMetrics.END_TO_END_LATENCY), from.own("sglang:request_duration_seconds")),
                first(from.mean(LlmMetrics.TIME_TO_FIRST_TOKEN), from.own("sglang:time_to_first_token_seconds")),
                first(
                        from.mean(LlmMetrics.TIME_PER_OUTPUT_TOKEN),
                        from.mean(LlmMetrics.INTER_TOKEN_LATENCY),
                        from.own("sglang:time_per_output_token_seconds")),
                first(from.mean(LlmMetrics.PROMPT_TOKENS_PER_REQUEST), from.own("sglang:request_input_tokens")),
                first(from.mean(LlmMetrics.GENERATED_TOKENS_PER_REQUEST), from.own("sglang:request_output_tokens")));
    }

    private static CacheMetrics caches(ViewSource from) {
        return new CacheMetrics(
                from.value(LlmMetrics.PREFIX_CACHE_HIT_RATIO),
                first(from.value(LlmMetrics.KV_MEMORY), from.own("sglang:cache_memory_usage_bytes")),
                first(
                        from.value(LlmMetrics.KV_CACHED),
                        from.value(LlmMetrics.KV_EVICTABLE),
                        from.own("sglang:radix_cache_size")),
                first(from.value(LlmMetrics.PREFIX_CACHE_HITS), from.own("sglang:prefix_cache_hit_total")));
    }

    private static SystemMetrics system(ViewSource from) {
        return new SystemMetrics(
                from.value(LlmMetrics.REQUESTS_RUNNING),
                from.value(LlmMetrics.REQUESTS_WAITING),
                first(
                        from.value(LlmMetrics.BATCH_SIZE),
                        from.own("sglang:batch_size_current"),
                        from.value(LlmMetrics.REQUESTS_RUNNING)),
                first(from.value(LlmMetrics.GENERATION_THROUGHPUT), from.own("sglang:throughput_tokens_per_second")));
    }
}
