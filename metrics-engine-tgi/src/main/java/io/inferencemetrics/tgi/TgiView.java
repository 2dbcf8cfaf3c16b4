package io.inferencemetrics.tgi;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.ViewSource;

/**
 * A TGI server in the groups its users expect; NaN where the server does not say.
 *
 * @param requestMetrics what became of requests and how long they took
 * @param queueMetrics the router's queue
 * @param batchMetrics the running batch
 */
public record TgiView(RequestMetrics requestMetrics, QueueMetrics queueMetrics, BatchMetrics batchMetrics) {

    /**
     * What became of requests; durations are means over all that succeeded since the server started.
     *
     * @param countTotal requests received
     * @param successTotal requests that ended well
     * @param failureTotal requests that failed
     * @param durationSeconds mean, from arrival to the last token
     * @param meanTimePerTokenSeconds mean of the requests' means, prefill included
     * @param inputTokens mean of a request
     * @param generatedTokens mean of a request
     */
    public record RequestMetrics(
            double countTotal,
            double successTotal,
            double failureTotal,
            double durationSeconds,
            double meanTimePerTokenSeconds,
            double inputTokens,
            double generatedTokens) {}

    /**
     * The router's queue.
     *
     * @param size requests that wait
     * @param durationSeconds mean wait
     */
    public record QueueMetrics(double size, double durationSeconds) {}

    /**
     * The running batch.
     *
     * @param currentSize requests in it
     * @param currentMaxTokens tokens it has reserved
     * @param maxTotalTokens tokens that can be reserved
     * @param usagePerc share of the tokens reserved, in percent
     */
    public record BatchMetrics(double currentSize, double currentMaxTokens, double maxTotalTokens, double usagePerc) {}

    /** The view of a snapshot. */
    public static TgiView of(MetricsSnapshot snapshot) {
        ViewSource from = new ViewSource(snapshot);
        return new TgiView(requests(from), queue(from), batch(from));
    }

    private static RequestMetrics requests(ViewSource from) {
        return new RequestMetrics(
                from.value(LlmMetrics.REQUESTS_RECEIVED),
                from.value(LlmMetrics.REQUESTS_SUCCESS),
                from.value(LlmMetrics.REQUESTS_FAILED),
                from.mean(LlmMetrics.END_TO_END_LATENCY),
                from.mean(LlmMetrics.TIME_PER_OUTPUT_TOKEN),
                from.mean(LlmMetrics.PROMPT_TOKENS_PER_REQUEST),
                from.mean(LlmMetrics.GENERATED_TOKENS_PER_REQUEST));
    }

    private static QueueMetrics queue(ViewSource from) {
        return new QueueMetrics(from.value(LlmMetrics.REQUESTS_WAITING), from.mean(LlmMetrics.QUEUE_TIME));
    }

    private static BatchMetrics batch(ViewSource from) {
        return new BatchMetrics(
                from.value(LlmMetrics.BATCH_SIZE),
                from.own("tgi_batch_current_max_tokens"),
                from.value(LlmMetrics.KV_CAPACITY),
                from.percent(LlmMetrics.KV_USAGE));
    }
}
