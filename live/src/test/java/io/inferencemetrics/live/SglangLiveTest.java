package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code live/sglang up && mvn verify -Plive -pl live -am -Dlive.sglang=http://127.0.0.1:18100}. */
class SglangLiveTest extends RequestsContract {
    SglangLiveTest() {
        super("sglang");
    }

    @Override
    List<Metric<?>> promised() {
        return Stream.<Metric<?>>concat(
                        oncePerRequest().stream(),
                        Stream.of(
                                LlmMetrics.REQUESTS_RUNNING,
                                LlmMetrics.REQUESTS_WAITING,
                                LlmMetrics.REQUESTS_RETRACTED,
                                LlmMetrics.REQUESTS_RECEIVED,
                                LlmMetrics.REQUESTS_SUCCESS,
                                LlmMetrics.PROMPT_TOKENS,
                                LlmMetrics.GENERATED_TOKENS,
                                LlmMetrics.CACHED_TOKENS,
                                LlmMetrics.COMPUTED_PROMPT_TOKENS,
                                LlmMetrics.GENERATION_THROUGHPUT,
                                LlmMetrics.INTER_TOKEN_LATENCY,
                                LlmMetrics.TIME_PER_OUTPUT_TOKEN,
                                LlmMetrics.KV_USAGE,
                                LlmMetrics.KV_USAGE_MAX,
                                LlmMetrics.KV_CAPACITY,
                                LlmMetrics.KV_USED,
                                LlmMetrics.KV_CACHED,
                                LlmMetrics.KV_EVICTABLE,
                                LlmMetrics.KV_BLOCK_SIZE,
                                LlmMetrics.KV_MEMORY,
                                LlmMetrics.PREFIX_CACHE_QUERIES,
                                LlmMetrics.PREFIX_CACHE_HITS,
                                LlmMetrics.PREFIX_CACHE_HIT_RATIO,
                                LlmMetrics.BATCH_SIZE,
                                LlmMetrics.MODEL_NAME,
                                LlmMetrics.MODEL_MAX_LENGTH))
                .toList();
    }

    @Override
    List<HistogramMetric> oncePerRequest() {
        return List.of(
                LlmMetrics.PROMPT_TOKENS_PER_REQUEST,
                LlmMetrics.GENERATED_TOKENS_PER_REQUEST,
                LlmMetrics.TIME_TO_FIRST_TOKEN,
                LlmMetrics.END_TO_END_LATENCY,
                LlmMetrics.QUEUE_TIME,
                LlmMetrics.PREFILL_TIME);
    }

    @Test
    void clientsThatHangUpAreCountedAsAborted() {
        assertThat(impatient().rise(LlmMetrics.REQUESTS_ABORTED))
                .isBetween(1.0, (double) impatient().clients().hungUp());
    }
}
