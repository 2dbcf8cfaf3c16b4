package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code live/vllm up && mvn verify -Plive -pl live -am -Dlive.vllm=http://127.0.0.1:18000}. */
class VllmLiveTest extends RequestsContract {
    VllmLiveTest() {
        super("vllm");
    }

    @Override
    List<Metric<?>> promised() {
        return Stream.<Metric<?>>concat(
                        oncePerRequest().stream(),
                        Stream.of(
                                LlmMetrics.REQUESTS_RUNNING,
                                LlmMetrics.REQUESTS_WAITING,
                                LlmMetrics.REQUESTS_RECEIVED,
                                LlmMetrics.REQUESTS_SUCCESS,
                                LlmMetrics.REQUESTS_BY_FINISH_REASON,
                                LlmMetrics.REQUESTS_FAILED,
                                LlmMetrics.REQUESTS_ABORTED,
                                LlmMetrics.PROMPT_TOKENS,
                                LlmMetrics.GENERATED_TOKENS,
                                LlmMetrics.CACHED_TOKENS,
                                LlmMetrics.COMPUTED_PROMPT_TOKENS,
                                LlmMetrics.INTER_TOKEN_LATENCY,
                                LlmMetrics.KV_USAGE,
                                LlmMetrics.KV_USAGE_MAX,
                                LlmMetrics.KV_CAPACITY,
                                LlmMetrics.KV_USED,
                                LlmMetrics.KV_BLOCK_SIZE,
                                LlmMetrics.KV_MEMORY,
                                LlmMetrics.PREFIX_CACHE_QUERIES,
                                LlmMetrics.PREFIX_CACHE_HITS,
                                LlmMetrics.PREFIX_CACHE_HIT_RATIO,
                                LlmMetrics.EXTERNAL_PREFIX_CACHE_QUERIES,
                                LlmMetrics.EXTERNAL_PREFIX_CACHE_HITS,
                                LlmMetrics.PREEMPTIONS,
                                LlmMetrics.BATCH_SIZE,
                                LlmMetrics.SLEEP_STATE,
                                LlmMetrics.MODEL_NAME))
                .toList();
    }

    @Override
    List<HistogramMetric> oncePerRequest() {
        return List.of(
                LlmMetrics.PROMPT_TOKENS_PER_REQUEST,
                LlmMetrics.GENERATED_TOKENS_PER_REQUEST,
                LlmMetrics.TIME_TO_FIRST_TOKEN,
                LlmMetrics.TIME_PER_OUTPUT_TOKEN,
                LlmMetrics.END_TO_END_LATENCY,
                LlmMetrics.QUEUE_TIME,
                LlmMetrics.PREFILL_TIME,
                LlmMetrics.DECODE_TIME,
                LlmMetrics.INFERENCE_TIME);
    }

    @Test
    void clientsThatHangUpAreNeverCountedAsAborted() {
        assertThat(impatient().rise(LlmMetrics.REQUESTS_ABORTED)).isZero();
    }
}
