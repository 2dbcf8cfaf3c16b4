package io.inferencemetrics.vllm;

import static io.inferencemetrics.spi.ViewSource.first;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.ViewSource;

/**
 * A vLLM server in the groups its users expect; NaN where the server does not say.
 *
 * @param requestMetrics what became of requests and how long they took
 * @param gpuMetrics the KV cache and the queue
 * @param throughputMetrics tokens and preemptions
 */
public record VllmView(RequestMetrics requestMetrics, GpuMetrics gpuMetrics, ThroughputMetrics throughputMetrics) {

    /**
     * What became of requests; latencies are means over all observations since the server started.
     *
     * @param successTotal requests that ended well
     * @param failureTotal requests that ended in an error of the engine
     * @param timeToFirstTokenSeconds mean
     * @param timePerOutputTokenSeconds mean of the requests' means; of the gaps between tokens on older versions
     * @param e2eLatencySeconds mean
     * @param promptTokens mean of a request
     * @param generationTokens mean of a request
     */
    public record RequestMetrics(
            double successTotal,
            double failureTotal,
            double timeToFirstTokenSeconds,
            double timePerOutputTokenSeconds,
            double e2eLatencySeconds,
            double promptTokens,
            double generationTokens) {}

    /**
     * The KV cache and the queue.
     *
     * @param cacheUsagePerc share of the KV cache in use, in percent
     * @param memoryUsageBytes memory of the GPU in use, where a server says so
     * @param numRequestsRunning requests being computed
     * @param numRequestsWaiting requests in the queue
     */
    public record GpuMetrics(
            double cacheUsagePerc, double memoryUsageBytes, double numRequestsRunning, double numRequestsWaiting) {}

    /**
     * Tokens and preemptions; rates need two snapshots, or an old version that averages them itself.
     *
     * @param promptTokensTotal prompt tokens
     * @param generationTokensTotal generated tokens
     * @param numPreemptionsTotal requests put back for want of KV memory
     * @param requestsPerSecond not said by one snapshot
     * @param tokensPerSecond generated tokens a second, where the server averages them
     */
    public record ThroughputMetrics(
            double promptTokensTotal,
            double generationTokensTotal,
            double numPreemptionsTotal,
            double requestsPerSecond,
            double tokensPerSecond) {}

    /** The view of a snapshot. */
    public static VllmView of(MetricsSnapshot snapshot) {
        ViewSource from = new ViewSource(snapshot);
        return new VllmView(requests(from), gpu(from), throughput(from));
    }

    private static RequestMetrics requests(ViewSource from) {
        return new RequestMetrics(
                from.value(LlmMetrics.REQUESTS_SUCCESS),
                from.value(LlmMetrics.REQUESTS_FAILED),
                first(from.mean(LlmMetrics.TIME_TO_FIRST_TOKEN), from.own("vllm:time_to_first_token_seconds")),
                first(
                        from.mean(LlmMetrics.TIME_PER_OUTPUT_TOKEN),
                        from.mean(LlmMetrics.INTER_TOKEN_LATENCY),
                        from.own("vllm:time_per_output_token_seconds")),
                first(
                        from.mean(LlmMetrics.END_TO_END_LATENCY),
                        from.own("vllm:e2e_request_latency_seconds"),
                        from.own("vllm:request_latency")),
                from.mean(LlmMetrics.PROMPT_TOKENS_PER_REQUEST),
                from.mean(LlmMetrics.GENERATED_TOKENS_PER_REQUEST));
    }

    private static GpuMetrics gpu(ViewSource from) {
        return new GpuMetrics(
                from.percent(LlmMetrics.KV_USAGE),
                first(from.own("vllm:gpu_memory_usage_bytes"), from.own("vllm:gpu_memory_used")),
                from.value(LlmMetrics.REQUESTS_RUNNING),
                from.value(LlmMetrics.REQUESTS_WAITING));
    }

    private static ThroughputMetrics throughput(ViewSource from) {
        return new ThroughputMetrics(
                from.value(LlmMetrics.PROMPT_TOKENS),
                from.value(LlmMetrics.GENERATED_TOKENS),
                from.value(LlmMetrics.PREEMPTIONS),
                Double.NaN,
                from.value(LlmMetrics.GENERATION_THROUGHPUT));
    }
}
